/** The NuGet part of the famous names; how they were chosen: `famous-names.ts`. */
export const famousNugetNames = `
  Akka Ardalis.GuardClauses Ardalis.Specification AspNetCore.HealthChecks.SqlServer AspNetCore.HealthChecks.UI
  Autofac Autofac.Extensions.DependencyInjection AutoFixture AutoFixture.AutoMoq AutoFixture.Xunit2 AutoMapper
  AutoMapper.Extensions.Microsoft.DependencyInjection Avalonia AWSSDK.Core AWSSDK.DynamoDBv2 AWSSDK.S3
  AWSSDK.SecretsManager AWSSDK.SQS Azure.Core Azure.Data.Tables Azure.Identity Azure.Messaging.EventHubs
  Azure.Messaging.ServiceBus Azure.Monitor.OpenTelemetry.Exporter Azure.Security.KeyVault.Certificates
  Azure.Security.KeyVault.Keys Azure.Security.KeyVault.Secrets Azure.Storage.Blobs Azure.Storage.Common
  Azure.Storage.Queues BCrypt.Net-Next BenchmarkDotNet Blazored.LocalStorage Bogus Bootstrap BouncyCastle
  BouncyCastle.Cryptography Castle.Core ClosedXML CommandLineParser CommunityToolkit.Mvvm Confluent.Kafka Consul
  coverlet.collector coverlet.msbuild CsvHelper Dapper Dapper.Contrib DnsClient DocumentFormat.OpenXml DotNetEnv
  DotNetZip DryIoc Elastic.Clients.Elasticsearch EntityFramework EPPlus ExcelDataReader FakeItEasy FastEndpoints
  FluentAssertions FluentMigrator FluentValidation FluentValidation.AspNetCore
  FluentValidation.DependencyInjectionExtensions Flurl Flurl.Http FsCheck FSharp.Core Google.Apis Google.Apis.Auth
  Google.Cloud.Storage.V1 Google.Protobuf GraphQL Grpc.AspNetCore Grpc.Core Grpc.Net.Client Grpc.Tools
  Handlebars.Net Hangfire Hangfire.AspNetCore Hangfire.Core Hangfire.SqlServer HotChocolate HotChocolate.AspNetCore
  HtmlAgilityPack HtmlSanitizer Humanizer Humanizer.Core IdentityModel IdentityServer4 itext7 iTextSharp
  JetBrains.Annotations Jint jQuery KubernetesClient Lamar LazyCache LibGit2Sharp LiteDB log4net
  Magick.NET-Q16-AnyCPU MahApps.Metro MailKit Mapster Markdig MassTransit MassTransit.RabbitMQ MathNet.Numerics
  MediatR MediatR.Extensions.Microsoft.DependencyInjection MessagePack Microsoft.ApplicationInsights
  Microsoft.ApplicationInsights.AspNetCore Microsoft.AspNet.Mvc Microsoft.AspNet.Razor Microsoft.AspNet.WebApi
  Microsoft.AspNet.WebApi.Client Microsoft.AspNet.WebApi.Core Microsoft.AspNet.WebPages Microsoft.AspNetCore.App
  Microsoft.AspNetCore.Authentication.JwtBearer Microsoft.AspNetCore.Authentication.OpenIdConnect
  Microsoft.AspNetCore.Authorization Microsoft.AspNetCore.Components Microsoft.AspNetCore.Components.Web
  Microsoft.AspNetCore.Components.WebAssembly Microsoft.AspNetCore.Http Microsoft.AspNetCore.Http.Abstractions
  Microsoft.AspNetCore.Identity.EntityFrameworkCore Microsoft.AspNetCore.Mvc Microsoft.AspNetCore.Mvc.NewtonsoftJson
  Microsoft.AspNetCore.Mvc.Testing Microsoft.AspNetCore.OpenApi Microsoft.AspNetCore.SignalR
  Microsoft.AspNetCore.SignalR.Client Microsoft.AspNetCore.TestHost Microsoft.Azure.Cosmos
  Microsoft.Azure.Functions.Worker Microsoft.Azure.KeyVault Microsoft.Azure.ServiceBus Microsoft.Azure.WebJobs
  Microsoft.Bcl.AsyncInterfaces Microsoft.Build Microsoft.Build.Framework Microsoft.Build.Utilities.Core
  Microsoft.CodeAnalysis Microsoft.CodeAnalysis.Analyzers Microsoft.CodeAnalysis.Common
  Microsoft.CodeAnalysis.CSharp Microsoft.CodeAnalysis.NetAnalyzers Microsoft.CSharp Microsoft.Data.SqlClient
  Microsoft.Data.Sqlite Microsoft.EntityFrameworkCore Microsoft.EntityFrameworkCore.Abstractions
  Microsoft.EntityFrameworkCore.Design Microsoft.EntityFrameworkCore.InMemory
  Microsoft.EntityFrameworkCore.Relational Microsoft.EntityFrameworkCore.Sqlite
  Microsoft.EntityFrameworkCore.SqlServer Microsoft.EntityFrameworkCore.Tools Microsoft.Extensions.Caching.Memory
  Microsoft.Extensions.Caching.StackExchangeRedis Microsoft.Extensions.Configuration
  Microsoft.Extensions.Configuration.Abstractions Microsoft.Extensions.Configuration.Binder
  Microsoft.Extensions.Configuration.EnvironmentVariables Microsoft.Extensions.Configuration.Json
  Microsoft.Extensions.Configuration.UserSecrets Microsoft.Extensions.DependencyInjection
  Microsoft.Extensions.DependencyInjection.Abstractions Microsoft.Extensions.DependencyModel
  Microsoft.Extensions.FileProviders.Abstractions Microsoft.Extensions.Hosting
  Microsoft.Extensions.Hosting.Abstractions Microsoft.Extensions.Http Microsoft.Extensions.Http.Polly
  Microsoft.Extensions.Logging Microsoft.Extensions.Logging.Abstractions Microsoft.Extensions.Logging.Console
  Microsoft.Extensions.Logging.Debug Microsoft.Extensions.ObjectPool Microsoft.Extensions.Options
  Microsoft.Extensions.Options.ConfigurationExtensions Microsoft.Extensions.Primitives
  Microsoft.FluentUI.AspNetCore.Components Microsoft.Graph Microsoft.Identity.Client Microsoft.Identity.Web
  Microsoft.IdentityModel.JsonWebTokens Microsoft.IdentityModel.Logging
  Microsoft.IdentityModel.Protocols.OpenIdConnect Microsoft.IdentityModel.Tokens Microsoft.IO.RecyclableMemoryStream
  Microsoft.ML Microsoft.NET.Sdk.Functions Microsoft.NET.Test.Sdk Microsoft.NETCore.App Microsoft.NETCore.Platforms
  Microsoft.NETFramework.ReferenceAssemblies Microsoft.OpenApi Microsoft.Owin Microsoft.Playwright
  Microsoft.SemanticKernel Microsoft.SourceLink.GitHub Microsoft.SqlServer.SqlManagementObjects
  Microsoft.TestPlatform.TestHost Microsoft.VisualStudio.Azure.Containers.Tools.Targets
  Microsoft.VisualStudio.Threading Microsoft.VisualStudio.Web.CodeGeneration.Design Microsoft.Web.WebView2
  Microsoft.Win32.Registry Microsoft.Win32.SystemEvents Microsoft.WindowsAppSDK MimeKit Minio
  MiniProfiler.AspNetCore modernizr MongoDB.Bson MongoDB.Driver Moq MSTest MSTest.TestAdapter MSTest.TestFramework
  MudBlazor MySql.Data MySqlConnector NBomber NEST NetArchTest.Rules NETStandard.Library NetTopologySuite
  Newtonsoft.Json Newtonsoft.Json.Bson Newtonsoft.Json.Schema NHibernate Ninject NJsonSchema NLog
  NLog.Extensions.Logging NLog.Web.AspNetCore NodaTime Npgsql Npgsql.EntityFrameworkCore.PostgreSQL NPOI NServiceBus
  NSubstitute NSwag.AspNetCore NSwag.MSBuild NuGet.Common NuGet.Packaging NuGet.Versioning NUnit NUnit.Analyzers
  NUnit3TestAdapter Ocelot Octokit OneOf OpenIddict OpenTelemetry OpenTelemetry.Api
  OpenTelemetry.Exporter.OpenTelemetryProtocol OpenTelemetry.Extensions.Hosting
  OpenTelemetry.Instrumentation.AspNetCore OpenTelemetry.Instrumentation.Http Oracle.ManagedDataAccess
  Oracle.ManagedDataAccess.Core Owin PdfSharp PDFsharp Polly Polly.Core Polly.Extensions.Http
  Pomelo.EntityFrameworkCore.MySql popper.js Prism.Core Prism.Wpf prometheus-net prometheus-net.AspNetCore
  protobuf-net Quartz Quartz.Extensions.Hosting QuestPDF RabbitMQ.Client RazorLight ReactiveUI Refit
  Refit.HttpClientFactory ReportGenerator Respawn RestSharp Roslynator.Analyzers Scalar.AspNetCore Scriban Scrutor
  Selenium.Support Selenium.WebDriver SendGrid Sentry Sentry.AspNetCore Serilog Serilog.AspNetCore
  Serilog.Enrichers.Environment Serilog.Enrichers.Thread Serilog.Exceptions Serilog.Extensions.Hosting
  Serilog.Extensions.Logging Serilog.Formatting.Compact Serilog.Settings.Configuration
  Serilog.Sinks.ApplicationInsights Serilog.Sinks.Async Serilog.Sinks.Console Serilog.Sinks.Debug
  Serilog.Sinks.Elasticsearch Serilog.Sinks.File Serilog.Sinks.MSSqlServer Serilog.Sinks.PeriodicBatching
  Serilog.Sinks.Seq SharpCompress SharpZipLib Shouldly SimpleInjector SixLabors.Fonts SixLabors.ImageSharp SkiaSharp
  SonarAnalyzer.CSharp SpecFlow Spectre.Console sqlite-net-pcl SQLitePCLRaw.bundle_e_sqlite3 SQLitePCLRaw.core
  SSH.NET StackExchange.Redis Stripe.net StructureMap StyleCop.Analyzers Swashbuckle.AspNetCore
  Swashbuckle.AspNetCore.Annotations Swashbuckle.AspNetCore.Swagger Swashbuckle.AspNetCore.SwaggerGen
  Swashbuckle.AspNetCore.SwaggerUI System.Buffers System.CodeDom System.Collections System.Collections.Concurrent
  System.Collections.Immutable System.CommandLine System.ComponentModel.Annotations
  System.Configuration.ConfigurationManager System.Data.Common System.Data.SqlClient System.Data.SQLite
  System.Data.SQLite.Core System.Diagnostics.DiagnosticSource System.Diagnostics.EventLog System.Drawing.Common
  System.Formats.Asn1 System.IdentityModel.Tokens.Jwt System.IO.Abstractions System.IO.Pipelines System.Linq
  System.Linq.Async System.Linq.Dynamic.Core System.Management System.Memory System.Memory.Data System.Net.Http
  System.Net.Http.Json System.Numerics.Vectors System.Reactive System.Reflection.Metadata System.Runtime
  System.Runtime.Caching System.Runtime.CompilerServices.Unsafe System.Security.Cryptography.Pkcs
  System.Security.Cryptography.ProtectedData System.Security.Cryptography.Xml System.Security.Permissions
  System.ServiceModel.Http System.ServiceModel.Primitives System.Text.Encoding.CodePages System.Text.Encodings.Web
  System.Text.Json System.Text.RegularExpressions System.Threading.Channels System.Threading.Tasks.Dataflow
  System.Threading.Tasks.Extensions System.ValueTuple Telerik.UI.for.AspNet.Core Testcontainers Topshelf TUnit
  Twilio Unity Verify.Xunit Volo.Abp.Core WindowsAzure.Storage WireMock.Net Xamarin.Essentials Xamarin.Forms xunit
  xunit.abstractions xunit.assert xunit.core xunit.runner.console xunit.runner.visualstudio xunit.v3 YamlDotNet
  Yarp.ReverseProxy Z.EntityFramework.Extensions.EFCore ZstdSharp.Port`;

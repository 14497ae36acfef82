/** Seed: a .NET web API. Planted: a database password and a storage key, an old Newtonsoft.Json, a container running as root, and a pipeline that deploys any branch to production. */
import type { SeedRepositoryBuilder } from "../seed-history.ts";

const project = (packages: string) => `
<Project Sdk="Microsoft.NET.Sdk.Web">
  <PropertyGroup>
    <TargetFramework>net8.0</TargetFramework>
    <Nullable>enable</Nullable>
    <ImplicitUsings>enable</ImplicitUsings>
    <RestorePackagesWithLockFile>true</RestorePackagesWithLockFile>
  </PropertyGroup>
  <ItemGroup>
${packages}
  </ItemGroup>
</Project>
`;

const orders = (page: string) => `
using Brightwater.Orders.Storage;
using Microsoft.AspNetCore.Mvc;

namespace Brightwater.Orders.Controllers;

[ApiController]
[Route("orders")]
public sealed class OrdersController(OrderStore store) : ControllerBase
{
    [HttpGet]
    public async Task<IReadOnlyList<Order>> List(${page})
    {
        return await store.ListAsync(${page ? "offset, Math.Min(limit, 200)" : ""});
    }

    [HttpGet("{number:int}")]
    public async Task<ActionResult<Order>> Get(int number)
    {
        var order = await store.FindAsync(number);
        return order is null ? NotFound() : order;
    }

    [HttpPost]
    public async Task<ActionResult<Order>> Place(NewOrder request)
    {
        var order = await store.PlaceAsync(request);
        return CreatedAtAction(nameof(Get), new { number = order.Number }, order);
    }
}
`;

export const ordersApi: SeedRepositoryBuilder = (secrets) => ({
  name: "orders-api",
  project: "Storefront",
  pipeline: "azure-pipelines.yml",
  morePipelines: [{ name: "orders-api deploy", path: "deploy/production.yml" }],
  tags: { "v1.0.0": 3 },
  history: [
    {
      by: "ines",
      daysAgo: 210,
      message: "Start the orders API",
      files: {
        "README.md": "# orders-api\n\nTakes and lists the orders of the shop.\n\n    dotnet run --project src/Orders\n",
        ".gitignore": "bin/\nobj/\n*.user\n",
        "src/Orders/Orders.csproj": project(
          '    <PackageReference Include="Newtonsoft.Json" Version="12.0.1" />\n    <PackageReference Include="Microsoft.Data.SqlClient" Version="5.1.0" />',
        ),
        "src/Orders/Program.cs": `
using Brightwater.Orders.Storage;

var builder = WebApplication.CreateBuilder(args);
builder.Services.AddControllers();
builder.Services.AddSingleton<OrderStore>();

var app = builder.Build();
app.MapControllers();
app.Run();
`,
        "src/Orders/Controllers/OrdersController.cs": orders(""),
      },
    },
    {
      by: "ines",
      daysAgo: 204,
      message: "Store orders in SQL Server",
      files: {
        "src/Orders/Storage/OrderStore.cs": `
using Microsoft.Data.SqlClient;

namespace Brightwater.Orders.Storage;

public sealed record Order(int Number, string Customer, decimal Total, DateTimeOffset PlacedAt);
public sealed record NewOrder(string Customer, decimal Total);

public sealed class OrderStore(IConfiguration configuration)
{
    private readonly string connection = configuration.GetConnectionString("Orders")!;

    public async Task<IReadOnlyList<Order>> ListAsync(int offset = 0, int limit = 50)
    {
        await using var sql = new SqlConnection(connection);
        await sql.OpenAsync();
        await using var command = sql.CreateCommand();
        command.CommandText = "SELECT Number, Customer, Total, PlacedAt FROM Orders ORDER BY Number OFFSET @offset ROWS FETCH NEXT @limit ROWS ONLY";
        command.Parameters.AddWithValue("@offset", offset);
        command.Parameters.AddWithValue("@limit", limit);
        var orders = new List<Order>();
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
        {
            orders.Add(new Order(reader.GetInt32(0), reader.GetString(1), reader.GetDecimal(2), reader.GetDateTimeOffset(3)));
        }
        return orders;
    }

    public async Task<Order?> FindAsync(int number) => (await ListAsync(0, int.MaxValue)).FirstOrDefault(order => order.Number == number);

    public async Task<Order> PlaceAsync(NewOrder request)
    {
        await using var sql = new SqlConnection(connection);
        await sql.OpenAsync();
        await using var command = sql.CreateCommand();
        command.CommandText = "INSERT INTO Orders (Customer, Total, PlacedAt) OUTPUT INSERTED.Number VALUES (@customer, @total, SYSDATETIMEOFFSET())";
        command.Parameters.AddWithValue("@customer", request.Customer);
        command.Parameters.AddWithValue("@total", request.Total);
        var number = (int)(await command.ExecuteScalarAsync())!;
        return new Order(number, request.Customer, request.Total, DateTimeOffset.UtcNow);
    }
}
`,
        "src/Orders/appsettings.json": `
{
  "Logging": { "LogLevel": { "Default": "Information" } },
  "ConnectionStrings": {
    "Orders": "Server=tcp:brightwater-orders.database.windows.net,1433;Database=orders;User ID=orders_app;Password=${secrets.databasePassword};Encrypt=True"
  }
}
`,
      },
    },
    {
      by: "tomas",
      daysAgo: 188,
      message: "Build and publish the container",
      files: {
        Dockerfile: `
FROM registry.brightwater.example/dotnet/sdk:latest AS build
WORKDIR /app
COPY . .
RUN dotnet publish src/Orders -c Release -o /out

FROM registry.brightwater.example/dotnet/aspnet:8.0
WORKDIR /app
COPY --from=build /out .
ADD https://brightwater.blob.core.windows.net/tools/wait-for-it.sh /usr/local/bin/wait-for-it.sh
EXPOSE 22 8080
ENTRYPOINT ["dotnet", "Orders.dll"]
`,
        "azure-pipelines.yml": `
trigger:
  - main

pool:
  vmImage: ubuntu-latest

steps:
  - checkout: self
    persistCredentials: true

  - task: DotNetCoreCLI@2
    inputs:
      command: test
      projects: tests/**/*.csproj

  - task: Docker@2
    inputs:
      containerRegistry: brightwater-registry
      repository: orders-api
      command: buildAndPush
      tags: $(Build.BuildNumber)

  - script: echo "Built $(Build.SourceBranchName) from $(System.PullRequest.SourceBranch)"
    displayName: Tell what was built
`,
      },
    },
    {
      by: "tomas",
      daysAgo: 120,
      message: "Keep invoices in blob storage",
      files: {
        "src/Orders/Storage/InvoiceStore.cs": `
using Azure.Storage.Blobs;

namespace Brightwater.Orders.Storage;

public sealed class InvoiceStore
{
    // Moved to Key Vault once the vault exists.
    private const string Connection = "${secrets.azureStorageConnection}";

    private readonly BlobContainerClient invoices = new(Connection, "invoices");

    public async Task SaveAsync(int order, BinaryData pdf) => await invoices.UploadBlobAsync($"{order}.pdf", pdf);
}
`,
        "src/Orders/Orders.csproj": project(
          '    <PackageReference Include="Azure.Storage.Blobs" Version="12.13.0" />\n    <PackageReference Include="Newtonsoft.Json" Version="12.0.1" />\n    <PackageReference Include="Microsoft.Data.SqlClient" Version="5.1.0" />\n    <PackageReference Include="System.Text.Encodings.Web" Version="4.5.0" />',
        ),
        "src/Orders/packages.lock.json": `
{
  "version": 1,
  "dependencies": {
    "net8.0": {
      "Azure.Storage.Blobs": { "type": "Direct", "requested": "[12.13.0, )", "resolved": "12.13.0", "contentHash": "h5ZxRwmS/U1NOFwd+MuHJe4To1hEPu/yeBIKS1cbAHTDc+7RBZEjPf1VFeUZsIIuHvU/AzXtcRaph9BHuPRNMQ==" },
      "Microsoft.Data.SqlClient": { "type": "Direct", "requested": "[5.1.0, )", "resolved": "5.1.0", "contentHash": "jVsElisM5sfBzaaV9kdq2NXZLwIbytetnsOIlJ0cQGgQP4zFNBmkfHBnpwtmKrtBJBEV9+9PVQPVrcCVhDgcIg==" },
      "Newtonsoft.Json": { "type": "Direct", "requested": "[12.0.1, )", "resolved": "12.0.1", "contentHash": "pBR3wCgYWZGiaZDYP+HHYnalVnPJlpP1q55qvVb+adrDHmFMDc1NAKio61xTwftK3Pw5h7TZJPJEEVMd6ty8rg==" },
      "System.Text.Encodings.Web": { "type": "Direct", "requested": "[4.5.0, )", "resolved": "4.5.0", "contentHash": "Xg4G4Indi4dqP1iuAiMSwpiWS54ZghzR644OtsRCm/m/lBMG8dUBhLVN7hLm8NNrNTR+iGbshCPTwrvxZPlm4g==" }
    }
  }
}
`,
      },
    },
    {
      by: "tomas",
      daysAgo: 61,
      message: "Deploy from the pipeline",
      files: {
        "deploy/production.yml": `
trigger:
  branches:
    include:
      - "*"

pool:
  vmImage: ubuntu-latest

stages:
  - stage: Build
    jobs:
      - job: Publish
        steps:
          - script: dotnet publish src/Orders -c Release -o $(Build.ArtifactStagingDirectory)
            displayName: Publish
          - publish: $(Build.ArtifactStagingDirectory)
            artifact: orders

  - stage: Production
    dependsOn: Build
    jobs:
      - job: Deploy
        steps:
          - download: current
            artifact: orders
          - task: AzureCLI@2
            displayName: Deploy the orders API
            inputs:
              azureSubscription: brightwater-production
              scriptType: bash
              scriptLocation: scriptPath
              scriptPath: deploy/deploy.sh
`,
        "deploy/deploy.sh": `
#!/usr/bin/env bash
set -euo pipefail

cd "$PIPELINE_WORKSPACE/orders"
zip --quiet --recurse-paths ../orders.zip .
az webapp deploy --resource-group storefront --name brightwater-orders --src-path ../orders.zip --type zip
`,
      },
    },
    {
      by: "mei",
      daysAgo: 33,
      message: "Add tests for placing an order",
      files: {
        "tests/Orders.Tests/PlaceOrderTests.cs": `
using Brightwater.Orders.Storage;
using Xunit;

namespace Brightwater.Orders.Tests;

public sealed class PlaceOrderTests
{
    [Fact]
    public void An_order_keeps_its_total()
    {
        var order = new Order(1, "Ada", 12.50m, DateTimeOffset.UnixEpoch);
        Assert.Equal(12.50m, order.Total);
    }
}
`,
      },
    },
  ],
  pullRequests: [
    {
      branch: "feature/order-paging",
      title: "Page through the list of orders",
      description: "The list grew past what the shop can show at once. `offset` and `limit`, at most 200 per answer.",
      by: "mei",
      reviewers: ["ines"],
      commits: [
        {
          by: "mei",
          daysAgo: 2,
          message: "Page through the list of orders",
          files: {
            "src/Orders/Controllers/OrdersController.cs": orders(
              "[FromQuery] int offset = 0, [FromQuery] int limit = 50",
            ),
          },
        },
        {
          by: "mei",
          daysAgo: 1,
          message: "Describe paging in the README",
          files: {
            "README.md":
              "# orders-api\n\nTakes and lists the orders of the shop.\n\n    dotnet run --project src/Orders\n\n`GET /orders?offset=0&limit=50` lists them; at most 200 per answer.\n",
          },
        },
      ],
    },
  ],
});

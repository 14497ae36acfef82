/** What kind each licence is of, by what its text asks for. Refuses to guess: an id that is not here is of unknown kind. */
import type { LicenseCategory } from "../settings/package-settings.ts";

/**
 * Ids divided by white space; one that ends in `*` stands for all that begin so and are not named themselves.
 * Weak copyleft reaches the licensed files or library, strong copyleft the whole program that is passed on, network copyleft
 * also what is only offered over a network. Licences that restrict the purpose of use are source-available.
 */
export const licenseCategories: Readonly<Record<Exclude<LicenseCategory, "unknown">, string>> = {
  "public-domain": `
    ANTLR-PD ANTLR-PD-fallback blessing CC-PDDC CC-PDM-1.0 CC0-1.0 DL-DE-ZERO-2.0 libselinux-1.0 LZMA-SDK-9.11-to-9.20
    LZMA-SDK-9.22 NCBI-PD NIST-PD NIST-PD-fallback NIST-PD-TNT NTIA-PD PDDL-1.0 SAX-PD SAX-PD-2.0 Unlicense
    Unlicense-libtelnet Unlicense-libwhirlpool LicenseRef-scancode-public-domain
    LicenseRef-scancode-public-domain-disclaimer LicenseRef-scancode-us-govt-public-domain`,
  permissive: `
    0BSD 3D-Slicer-1.0 AAL Abstyles AdaCore-doc Adobe-2006 Adobe-Display-PostScript Adobe-Glyph Adobe-Utopia
    Advanced-Cryptics-Dictionary Afmparse AFL-* ALGLIB-Documentation AMD-newlib AMDPLPA AML AML-glslang AMPAS any-OSI
    any-OSI-perl-modules APAFML Apache-* App-s2p Aspell-RU Baekmuk Bahyph Barr bcrypt-Solar-Designer Beerware
    Bitstream-Charter Bitstream-Vera BlueOak-1.0.0 Boehm-GC Boehm-GC-without-fee BOLA-1.1 Borceux Brian-Gladman-* BSD-*
    BSL-1.0 Buddy Bugroff bzip2-1.0.5 bzip2-1.0.6 Caldera Caldera-no-preamble CAPEC-tou Catharon CC-BY-1.0 CC-BY-2.0
    CC-BY-2.5 CC-BY-2.5-AU CC-BY-3.0 CC-BY-3.0-* CC-BY-4.0 CDLA-Permissive-1.0 CDLA-Permissive-2.0 CECILL-B CERN-OHL-P-2.0
    CFITSIO check-cvs checkmk Clips CMU-Mach CMU-Mach-nodoc CNRI-Jython CNRI-Python CNRI-Python-GPL-Compatible COIL-1.0
    Community-Spec-1.0 Condor-1.1 Cornell-Lossless-JPEG Cronyx Crossword CryptoSwift CrystalStacker Cube curl cve-tou
    DEC-3-Clause diffmark DL-DE-BY-2.0 DOC DocBook-DTD DocBook-Schema DocBook-Stylesheet DocBook-XML Dotseqn DRL-1.0 DRL-1.1
    DSDP dtoa dvipdfm ECL-1.0 ECL-2.0 EFL-1.0 EFL-2.0 eGenix Entessa EPICS ESA-PL-permissive-2.4 etalab-2.0 EUDatagrid
    Eurosym Fair FBM Ferguson-Twofish FreeBSD-DOC FSFAP FSFAP-no-warranty-disclaimer FSFUL FSFULLR FSFULLRSD FSFULLRWD FTL
    Furuseth fwlw Game-Programming-Gems GCR-docs GD generic-xts Giftware GL2PS Glulxe GLWTPL Graphics-Gems gtkbook Gutmann
    HaskellReport HDF5 hdparm HIDAPI HP-1986 HP-1989 HPND HPND-* HTMLTIDY hyphen-bulgarian IBM-pibs ICU
    IEC-Code-Components-EULA IJG IJG-short ImageMagick Info-ZIP Inner-Net-2.0 InnoSetup Intel Intel-ACPI ISC ISC-Veillard
    ISO-permission Jam JasPer-2.0 jove JPL-image JPNIC JSON Kastrup Kazlib Knuth-CTAN Latex2e Latex2e-translated-notice
    Leptonica Libpng libpng-1.6.35 libpng-2.0 libtiff libutil-David-Nugent LiLiQ-P-1.1 Linux-man-pages-1-para Linux-OpenIB
    LOOP LPD-document lsof Lucida-Bitmap-Fonts Mackerras-3-Clause Mackerras-3-Clause-acknowledgment magaz mailprio MakeIndex
    man2html Martin-Birgmeier McPhee-slideshow metamail Minpack MIPS MirOS MIT MIT-* MITNFA MMIXware MPEG-SSG mpi-permissive
    mpich2 mplus MS-PL MTLL MulanPSL-1.0 MulanPSL-2.0 Multics Mup NAIST-2003 Naumen NCL NCSA Net-SNMP NetCDF Newsletr ngrep
    NICTA-1.0 NIST-Software NLOD-1.0 NLOD-2.0 NLPL Noweb NRL NTP NTP-0 Nunit O-UDA-1.0 OAR ODC-By-1.0 OFFIS OGC-1.0
    OGDL-Taiwan-1.0 OGL-* OLDAP-2.* OLFL-1.3 OML OpenMDW-1.0 OpenSSL OpenSSL-standalone OpenVision OPL-UK-3.0 OSC-1.0 OSSP
    PADL PHP-3.0 PHP-3.01 Pixar pkgconf Plexus pnmstitch PostgreSQL psfrag PSF-2.0 psutils Python-2.0 Python-2.0.1
    python-ldap Qhull radvd Rdisc RSA-MD Ruby-pty Saxpath SCEA SchemeReport Sendmail-Open-Source-1.1 SGI-B-2.0 SGI-OpenGL
    SGMLUG-PM SGP4 SHL-0.5 SHL-0.51 SL SMLNJ SMPPL snprintf SOFA softSurfer Soundex Spencer-86 Spencer-94 Spencer-99
    SSH-OpenSSH ssh-keyscan SSH-short SSLeay-standalone StandardML-NJ Sun-PPP Sun-PPP-2000 SunPro SWL swrule Symlinks TCL
    TCP-wrappers TekHVC TermReadKey ThirdEye threeparttable TPDL TrustedQSL TTWL TTYP0 TU-Berlin-1.0 TU-Berlin-2.0 UCAR ulem
    UMich-Merit Unicode-3.0 Unicode-DFS-2015 Unicode-DFS-2016 Unicode-TOU UnixCrypt UPL-1.0 Vixie-Cron VOSTROM VSL-1.0 W3C
    W3C-19980720 W3C-20150513 w3m Widget-Workshop WordNet Wsuipa WTFNMFPL WTFPL wwl X11 X11-* Xdebug-1.03 Xerox Xfig
    XFree86-1.1 xinetd xkeyboard-config-Zinoviev xlock Xnet xpp XSkat xzoom Zed Zeeff Zend-2.0 Zlib zlib-acknowledgement
    ZPL-1.1 ZPL-2.0 ZPL-2.1 LicenseRef-scancode-ms-net-library-2016-05 LicenseRef-scancode-bouncy-castle
    LicenseRef-scancode-dco-1.1 LicenseRef-scancode-unicode`,
  "weak-copyleft": `
    APL-1.0 APSL-1.0 APSL-1.1 APSL-1.2 Arphic-1999 Artistic-1.0 Artistic-1.0-cl8 Artistic-1.0-Perl Artistic-2.0 Artistic-dist
    BitTorrent-1.0 BitTorrent-1.1 CATOSL-1.1 CC-BY-SA-* CC-SA-1.0 CDDL-1.0 CDDL-1.1 CDL-1.0
    CDLA-Sharing-1.0 CECILL-C CERN-OHL-W-2.0 ClArtistic CPL-1.0 CUA-OPL-1.0 eCos-2.0 EPL-1.0 EPL-2.0 ErlPL-1.1
    ESA-PL-weak-copyleft-2.4 FDK-AAC FDK-MPEG-H Frameworx-1.0 FreeImage GFDL-* gnuplot GPL-2.0-with-autoconf-exception
    GPL-2.0-with-bison-exception GPL-2.0-with-classpath-exception GPL-2.0-with-font-exception GPL-2.0-with-GCC-exception
    GPL-3.0-with-autoconf-exception GPL-3.0-with-GCC-exception gSOAP-1.3b iMatix Imlib2 Interbase-1.0 IPA IPL-1.0 LAL-1.2
    LAL-1.3 LGPL-* LGPLLR LiLiQ-R-1.1 Linux-man-pages-copyleft Linux-man-pages-copyleft-2-para Linux-man-pages-copyleft-var
    LPL-1.0 LPL-1.02 LPPL-* MMPL-1.0.1 Motosoto MPL-* MS-RL NASA-1.3 NBPL-1.0 Nokia NOSL NPL-1.0 NPL-1.1 OCCT-PL OCLC-2.0
    ODbL-1.0 OFL-* OGTSL OLDAP-1.* OpenPBS-2.3 OPL-1.0 OPUBL-1.0 OSET-PL-2.1 ParaType-Free-Font-1.3 QPL-1.0
    QPL-1.0-INRIA-2004 RHeCos-1.1 RPSL-1.0 RSCPL Ruby Sendmail Sendmail-8.23 SGI-B-1.0 SGI-B-1.1 SISSL SISSL-1.2 SNIA SPL-1.0
    SugarCRM-1.1.3 TAPR-OHL-1.0 TORQUE-1.1 TPL-1.0 Ubuntu-font-1.0 URT-RLE Vim wxWindows YPL-1.0 YPL-1.1 Zimbra-1.3
    Zimbra-1.4`,
  "strong-copyleft": `
    BSD-Protection CECILL-1.0 CECILL-1.1 CECILL-2.0 CECILL-2.1 CERN-OHL-1.1 CERN-OHL-1.2 CERN-OHL-S-2.0 copyleft-next-0.3.0
    copyleft-next-0.3.1 D-FSL-1.0 ESA-PL-strong-copyleft-2.4 EUPL-1.0 Glide GPL-* LiLiQ-Rplus-1.1 NGPL SimPL-2.0 Sleepycat
    SMAIL-GPL TMate TOSL`,
  "network-copyleft": `
    AGPL-* APSL-2.0 CAL-1.0 CAL-1.0-Combined-Work-Exception CPAL-1.0 EUPL-1.1 EUPL-1.2 NPOSL-3.0 OSL-* Parity-6.0.0
    Parity-7.0.0 RPL-1.1 RPL-1.5 SSPL-1.0 TGPPL-1.0 UCL-1.0 Watcom-1.0 LicenseRef-scancode-mongodb-sspl-1.0`,
  "non-commercial": `
    Aladdin CC-BY-NC-* NCGL-UK-2.0 PolyForm-Noncommercial-1.0.0 PPL
    LicenseRef-scancode-commons-clause LicenseRef-scancode-prosperity-1.0.1 LicenseRef-scancode-prosperity-2.0
    LicenseRef-scancode-prosperity-3.0`,
  "source-available": `
    ADSL ASWF-Digital-Assets-1.0 ASWF-Digital-Assets-1.1 BSD-3-Clause-No-Military-License BSD-3-Clause-No-Nuclear-License
    BSD-3-Clause-No-Nuclear-License-2014 BSD-3-Clause-OpenWebUI BUSL-1.1 C-UDA-1.0 CC-BY-ND-* CPOL-1.02 Elastic-2.0
    FSL-1.1-ALv2 FSL-1.1-MIT Hippocratic-2.1 Hippocratic-3.0-core MS-LPL PolyForm-Small-Business-1.0.0 SUL-1.0 UnRAR
    LicenseRef-scancode-bsl-1.1 LicenseRef-scancode-confluent-community-1.0 LicenseRef-scancode-cockroachdb
    LicenseRef-scancode-elastic-license-2018 LicenseRef-scancode-elastic-license-v2 LicenseRef-scancode-timescale-license
    LicenseRef-scancode-polyform-free-trial-1.0.0 LicenseRef-scancode-polyform-internal-use-1.0.0
    LicenseRef-scancode-polyform-perimeter-1.0.0 LicenseRef-scancode-polyform-shield-1.0.0
    LicenseRef-scancode-polyform-strict-1.0.0 LicenseRef-scancode-redis-source-available-1.0`,
  proprietary: `
    UNLICENSED LicenseRef-scancode-commercial-license LicenseRef-scancode-ms-asp-net-web-optimization-framework
    LicenseRef-scancode-ms-azure-data-studio LicenseRef-scancode-ms-net-library LicenseRef-scancode-ms-net-library-2018-11
    LicenseRef-scancode-ms-net-library-2019-06 LicenseRef-scancode-ms-net-library-2020-09
    LicenseRef-scancode-ms-visual-studio-2017 LicenseRef-scancode-oracle-bcl-javase-javafx-2012
    LicenseRef-scancode-oracle-free-use-terms-2018 LicenseRef-scancode-oracle-nftc-2021 LicenseRef-scancode-proprietary
    LicenseRef-scancode-proprietary-license LicenseRef-scancode-unlicensed`,
};

/** Listed by SPDX, and deliberately of no kind here: their texts were not at hand to judge. */
export const knowinglyUnknown: readonly string[] = [
  "atc-game",
  "BSD-Source-alt-GPL",
  "Informatica",
  "MVT-1.1",
  "KiCad-libraries-exception",
];

/**
 * Exceptions that let the rest of a program keep its own licence: copyleft with one of them reaches no further than the
 * licensed part. Others (`Linux-syscall-note`, the OpenSSL ones) permit one thing and leave the rest as strong as it is.
 */
export const weakeningExceptions: readonly string[] = `
  389-exception Autoconf-exception-2.0 Autoconf-exception-3.0 Autoconf-exception-generic Autoconf-exception-generic-3.0
  Autoconf-exception-macro Bison-exception-1.24 Bison-exception-2.2 Bootloader-exception Classpath-exception-2.0
  Classpath-exception-2.0-short CLISP-exception-2.0 Digia-Qt-LGPL-exception-1.1 DigiRule-FOSS-exception eCos-exception-2.0
  erlang-otp-linking-exception Fawkes-Runtime-exception FLTK-exception fmt-exception Font-exception-2.0 freertos-exception-2.0
  GCC-exception-2.0 GCC-exception-2.0-note GCC-exception-3.1 GNAT-exception GNOME-examples-exception GNU-compiler-exception
  gnu-javamail-exception GPL-3.0-389-ds-base-exception GPL-3.0-interface-exception GPL-3.0-linking-exception
  GPL-3.0-linking-source-exception harbour-exception i2p-gpl-java-exception Independent-modules-exception
  KiCad-libraries-exception LGPL-3.0-linking-exception Libtool-exception LLGPL LLVM-exception LZMA-exception mif-exception
  mxml-exception Nokia-Qt-exception-1.1 OCaml-LGPL-linking-exception OCCT-exception-1.0 OpenJDK-assembly-exception-1.0
  polyparse-exception PS-or-PDF-font-exception-20170817 QPL-1.0-INRIA-2004-exception Qt-GPL-exception-1.0
  Qt-LGPL-exception-1.1 Qwt-exception-1.0 romic-exception RRDtool-FLOSS-exception-2.0 SANE-exception
  Simple-Library-Usage-exception Spelling-Provider-LGPL-exception SWI-exception Swift-exception Texinfo-exception
  u-boot-exception-2.0 Universal-FOSS-exception-1.0 WxWindows-exception-3.1`
  .trim()
  .split(/\s+/);

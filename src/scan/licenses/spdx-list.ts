/** The SPDX licence list as data, as long as the list is. Written by `scripts/license-list.ts`: change that, not this. */

/** Id, `-` if it is deprecated, name, address if no other licence has it: divided by tabs, one licence a line. */
export const spdxLicenses = `
0BSD		BSD Zero Clause License	landley.net/toybox/license.html
3D-Slicer-1.0		3D Slicer License v1.0	slicer.org/LICENSE
AAL		Attribution Assurance License	opensource.org/licenses/attribution
ADSL		Amazon Digital Services License	fedoraproject.org/wiki/Licensing/AmazonDigitalServicesLicense
AFL-1.1		Academic Free License v1.1	opensource.linux-mirror.org/licenses/afl-1.1.txt
AFL-1.2		Academic Free License v1.2	opensource.linux-mirror.org/licenses/afl-1.2.txt
AFL-2.0		Academic Free License v2.0	wayback.archive.org/web/20060924134533/http://www.opensource.org/licenses/afl-2.0.txt
AFL-2.1		Academic Free License v2.1	opensource.linux-mirror.org/licenses/afl-2.1.txt
AFL-3.0		Academic Free License v3.0	rosenlaw.com/AFL3.0.htm
AGPL-1.0	-	Affero General Public License v1.0
AGPL-1.0-only		Affero General Public License v1.0 only
AGPL-1.0-or-later		Affero General Public License v1.0 or later
AGPL-3.0	-	GNU Affero General Public License v3.0
AGPL-3.0-only		GNU Affero General Public License v3.0 only
AGPL-3.0-or-later		GNU Affero General Public License v3.0 or later
ALGLIB-Documentation		ALGLIB Documentation License
AMD-newlib		AMD newlib License	sourceware.org/git/?p=newlib-cygwin.git;a=blob;f=newlib/libc/sys/a29khif/_close.S;h=04f52ae00de1dafbd9055ad8d73c5c697a3aae7f;hb=HEAD
AMDPLPA		AMD's plpa_map.c License	fedoraproject.org/wiki/Licensing/AMD_plpa_map_License
AML		Apple MIT License	fedoraproject.org/wiki/Licensing/Apple_MIT_License
AML-glslang		AML glslang variant License	github.com/KhronosGroup/glslang/blob/main/LICENSE.txt#L949
AMPAS		Academy of Motion Picture Arts and Sciences BSD	fedoraproject.org/wiki/Licensing/BSD#AMPASBSD
ANTLR-PD		ANTLR Software Rights Notice
ANTLR-PD-fallback		ANTLR Software Rights Notice with license fallback
APAFML		Adobe Postscript AFM License	fedoraproject.org/wiki/Licensing/AdobePostscriptAFM
APL-1.0		Adaptive Public License 1.0	opensource.org/licenses/APL-1.0
APSL-1.0		Apple Public Source License 1.0	fedoraproject.org/wiki/Licensing/Apple_Public_Source_License_1.0
APSL-1.1		Apple Public Source License 1.1	opensource.apple.com/source/IOSerialFamily/IOSerialFamily-7/APPLE_LICENSE
APSL-1.2		Apple Public Source License 1.2	samurajdata.se/opensource/mirror/licenses/apsl.php
APSL-2.0		Apple Public Source License 2.0	opensource.apple.com/license/apsl
ASWF-Digital-Assets-1.0		ASWF Digital Assets License version 1.0	github.com/AcademySoftwareFoundation/foundation/blob/main/digital_assets/aswf_digital_assets_license_v1.0.txt
ASWF-Digital-Assets-1.1		ASWF Digital Assets License 1.1	github.com/AcademySoftwareFoundation/foundation/blob/main/digital_assets/aswf_digital_assets_license_v1.1.txt
Abstyles		Abstyles License	fedoraproject.org/wiki/Licensing/Abstyles
AdaCore-doc		AdaCore Doc License	github.com/AdaCore/xmlada/blob/master/docs/index.rst
Adobe-2006		Adobe Systems Incorporated Source Code License Agreement	fedoraproject.org/wiki/Licensing/AdobeLicense
Adobe-Display-PostScript		Adobe Display PostScript License	gitlab.freedesktop.org/xorg/xserver/-/blob/master/COPYING?ref_type=heads#L752
Adobe-Glyph		Adobe Glyph List License	fedoraproject.org/wiki/Licensing/MIT#AdobeGlyph
Adobe-Utopia		Adobe Utopia Font License	gitlab.freedesktop.org/xorg/font/adobe-utopia-100dpi/-/blob/master/COPYING?ref_type=heads
Advanced-Cryptics-Dictionary		Advanced Cryptics Dictionary License
Afmparse		Afmparse License	fedoraproject.org/wiki/Licensing/Afmparse
Aladdin		Aladdin Free Public License	pages.cs.wisc.edu/~ghost/doc/AFPL/6.01/Public.htm
Apache-1.0		Apache License 1.0	apache.org/licenses/LICENSE-1.0
Apache-1.1		Apache License 1.1	apache.org/licenses/LICENSE-1.1
Apache-2.0		Apache License 2.0	apache.org/licenses/LICENSE-2.0
App-s2p		App::s2p License	fedoraproject.org/wiki/Licensing/App-s2p
Arphic-1999		Arphic Public License	ftp.gnu.org/gnu/non-gnu/chinese-fonts-truetype/LICENSE
Artistic-1.0		Artistic License 1.0
Artistic-1.0-Perl		Artistic License 1.0 (Perl)	dev.perl.org/licenses/artistic.html
Artistic-1.0-cl8		Artistic License 1.0 w/clause 8
Artistic-2.0		Artistic License 2.0	perlfoundation.org/artistic_license_2_0
Artistic-dist		Artistic License 1.0 (dist)	github.com/pexip/os-perl/blob/833cf4c86cc465ccfc627ff16db67e783156a248/debian/copyright#L2720-L2845
Aspell-RU		Aspell Russian License	ftp.gnu.org/gnu/aspell/dict/ru/aspell6-ru-0.99f7-1.tar.bz2
BOLA-1.1		Buena Onda License Agreement v1.1	blitiri.com.ar/p/bola
BSD-1-Clause		BSD 1-Clause License	svnweb.freebsd.org/base/head/include/ifaddrs.h?revision=326823
BSD-2-Clause		BSD 2-Clause "Simplified" License	opensource.org/licenses/BSD-2-Clause
BSD-2-Clause-Darwin		BSD 2-Clause - Ian Darwin variant	github.com/file/file/blob/master/COPYING
BSD-2-Clause-FreeBSD	-	BSD 2-Clause FreeBSD License
BSD-2-Clause-NetBSD	-	BSD 2-Clause NetBSD License
BSD-2-Clause-Patent		BSD-2-Clause Plus Patent License	opensource.org/licenses/BSDplusPatent
BSD-2-Clause-Views		BSD 2-Clause with views sentence	freebsd.org/copyright/freebsd-license.html
BSD-2-Clause-first-lines		BSD 2-Clause - first lines requirement	github.com/krb5/krb5/blob/krb5-1.21.2-final/NOTICE#L664-L690
BSD-2-Clause-pkgconf-disclaimer		BSD 2-Clause pkgconf disclaimer variant	github.com/audacious-media-player/audacious/blob/master/src/audacious/main.cc
BSD-2-Clause-pos-unchanged
BSD-3-Clause		BSD 3-Clause "New" or "Revised" License	opensource.org/licenses/BSD-3-Clause
BSD-3-Clause-Attribution		BSD with attribution	fedoraproject.org/wiki/Licensing/BSD_with_Attribution
BSD-3-Clause-Clear		BSD 3-Clause Clear License	labs.metacarta.com/license-explanation.html#license
BSD-3-Clause-HP		Hewlett-Packard BSD variant license	github.com/zdohnal/hplip/blob/master/COPYING#L939
BSD-3-Clause-LBNL		Lawrence Berkeley National Labs BSD variant license	fedoraproject.org/wiki/Licensing/LBNLBSD
BSD-3-Clause-Modification		BSD 3-Clause Modification	fedoraproject.org/wiki/Licensing:BSD#Modification_Variant
BSD-3-Clause-No-Military-License		BSD 3-Clause No Military License	gitlab.syncad.com/hive/dhive/-/blob/master/LICENSE
BSD-3-Clause-No-Nuclear-License		BSD 3-Clause No Nuclear License	download.oracle.com/otn-pub/java/licenses/bsd.txt
BSD-3-Clause-No-Nuclear-License-2014		BSD 3-Clause No Nuclear License 2014	java.net/projects/javaeetutorial/pages/BerkeleyLicense
BSD-3-Clause-No-Nuclear-Warranty		BSD 3-Clause No Nuclear Warranty	jogamp.org/git/?p=gluegen.git;a=blob_plain;f=LICENSE.txt
BSD-3-Clause-Open-MPI		BSD 3-Clause Open MPI variant	open-mpi.org/community/license.php
BSD-3-Clause-OpenWebUI
BSD-3-Clause-Sun		BSD 3-Clause Sun Microsystems	github.com/xmlark/msv/blob/b9316e2f2270bc1606952ea4939ec87fbba157f3/xsdlib/src/main/java/com/sun/msv/datatype/regexp/InternalImpl.java
BSD-3-Clause-Tso		BSD 3-Clause Tso variant	x.org/archive/current/doc/xorg-docs/License.html#Theodore_Tso
BSD-3-Clause-acpica		BSD 3-Clause acpica variant	github.com/acpica/acpica/blob/master/source/common/acfileio.c#L119
BSD-3-Clause-flex		BSD 3-Clause Flex variant	github.com/westes/flex/blob/master/COPYING
BSD-4-Clause		BSD 4-Clause "Original" or "Old" License	directory.fsf.org/wiki/License:BSD_4Clause
BSD-4-Clause-Shortened		BSD 4 Clause Shortened	metadata.ftp-master.debian.org/changelogs//main/a/arpwatch/arpwatch_2.1a15-7_copyright
BSD-4-Clause-UC		BSD-4-Clause (University of California-Specific)	freebsd.org/copyright/license.html
BSD-4.3RENO		BSD 4.3 RENO License	sourceware.org/git/?p=binutils-gdb.git;a=blob;f=libiberty/strcasecmp.c;h=131d81c2ce7881fa48c363dc5bf5fb302c61ce0b;hb=HEAD
BSD-4.3TAHOE		BSD 4.3 TAHOE License	github.com/389ds/389-ds-base/blob/main/ldap/include/sysexits-compat.h#L15
BSD-Advertising-Acknowledgement		BSD Advertising Acknowledgement License	github.com/python-excel/xlrd/blob/master/LICENSE#L33
BSD-Attribution-HPND-disclaimer		BSD with Attribution and HPND disclaimer	github.com/cyrusimap/cyrus-sasl/blob/master/COPYING
BSD-Inferno-Nettverk		BSD-Inferno-Nettverk	inet.no/dante/LICENSE
BSD-Mark-Modifications		BSD Mark Modifications License
BSD-Protection		BSD Protection License	fedoraproject.org/wiki/Licensing/BSD_Protection_License
BSD-Source-Code		BSD Source Code Attribution	github.com/robbiehanson/CocoaHTTPServer/blob/master/LICENSE.txt
BSD-Source-Code-no-disclaimer
BSD-Source-alt-GPL
BSD-Source-beginning-file		BSD Source Code Attribution - beginning of file variant	github.com/lattera/freebsd/blob/master/sys/cam/cam.c#L4
BSD-Systemics		Systemics BSD variant license	metacpan.org/release/DPARIS/Crypt-DES-2.07/source/COPYRIGHT
BSD-Systemics-W3Works		Systemics W3Works BSD variant license	metacpan.org/release/DPARIS/Crypt-Blowfish-2.14/source/COPYRIGHT#L7
BSD-ask-to-endorse
BSL-1.0		Boost Software License 1.0	boost.org/LICENSE_1_0.txt
BUSL-1.1		Business Source License 1.1	mariadb.com/bsl11
Baekmuk		Baekmuk License	fedoraproject.org/wiki/Licensing:Baekmuk?rd=Licensing/Baekmuk
Bahyph		Bahyph License	fedoraproject.org/wiki/Licensing/Bahyph
Barr		Barr License	fedoraproject.org/wiki/Licensing/Barr
Beerware		Beerware License	fedoraproject.org/wiki/Licensing/Beerware
BitTorrent-1.0		BitTorrent Open Source License v1.0	sources.gentoo.org/cgi-bin/viewvc.cgi/gentoo-x86/licenses/BitTorrent?r1=1.1&r2=1.1.1.1&diff_format=s
BitTorrent-1.1		BitTorrent Open Source License v1.1	directory.fsf.org/wiki/License:BitTorrentOSL1.1
Bitstream-Charter		Bitstream Charter Font License	fedoraproject.org/wiki/Licensing/Charter#License_Text
Bitstream-Vera		Bitstream Vera Font License	web.archive.org/web/20080207013128/http://www.gnome.org/fonts
BlueOak-1.0.0		Blue Oak Model License 1.0.0	blueoakcouncil.org/license/1.0.0
Boehm-GC		Boehm-Demers-Weiser GC License	fedoraproject.org/wiki/Licensing:MIT#Another_Minimal_variant_(found_in_libatomic_ops)
Boehm-GC-without-fee		Boehm-Demers-Weiser GC License (without fee)	github.com/MariaDB/server/blob/11.6/libmysqld/lib_sql.cc
Borceux		Borceux license	fedoraproject.org/wiki/Licensing/Borceux
Brian-Gladman-2-Clause		Brian Gladman 2-Clause License	github.com/krb5/krb5/blob/krb5-1.21.2-final/NOTICE#L140-L156
Brian-Gladman-3-Clause		Brian Gladman 3-Clause License	github.com/SWI-Prolog/packages-clib/blob/master/sha1/brg_endian.h
Brian-Gladman-3-Clause-no-conversion
Buddy		Buddy License	sourceforge.net/p/buddy/gitcode/ci/master/tree/README
Bugroff
C-UDA-1.0		Computational Use of Data Agreement v1.0	github.com/microsoft/Computational-Use-of-Data-Agreement/blob/master/C-UDA-1.0.md
CAL-1.0		Cryptographic Autonomy License 1.0
CAL-1.0-Combined-Work-Exception		Cryptographic Autonomy License 1.0 (Combined Work Exception)
CAPEC-tou		Common Attack Pattern Enumeration and Classification License	capec.mitre.org/about/termsofuse.html
CATOSL-1.1		Computer Associates Trusted Open Source License 1.1	opensource.org/licenses/CATOSL-1.1
CC-BY-1.0		Creative Commons Attribution 1.0 Generic	creativecommons.org/licenses/by/1.0/legalcode
CC-BY-2.0		Creative Commons Attribution 2.0 Generic	creativecommons.org/licenses/by/2.0/legalcode
CC-BY-2.5		Creative Commons Attribution 2.5 Generic	creativecommons.org/licenses/by/2.5/legalcode
CC-BY-2.5-AU		Creative Commons Attribution 2.5 Australia	creativecommons.org/licenses/by/2.5/au/legalcode
CC-BY-3.0		Creative Commons Attribution 3.0 Unported	creativecommons.org/licenses/by/3.0/legalcode
CC-BY-3.0-AT		Creative Commons Attribution 3.0 Austria	creativecommons.org/licenses/by/3.0/at/legalcode
CC-BY-3.0-AU		Creative Commons Attribution 3.0 Australia	creativecommons.org/licenses/by/3.0/au/legalcode
CC-BY-3.0-DE		Creative Commons Attribution 3.0 Germany	creativecommons.org/licenses/by/3.0/de/legalcode
CC-BY-3.0-IGO		Creative Commons Attribution 3.0 IGO	creativecommons.org/licenses/by/3.0/igo/legalcode
CC-BY-3.0-NL		Creative Commons Attribution 3.0 Netherlands	creativecommons.org/licenses/by/3.0/nl/legalcode
CC-BY-3.0-US		Creative Commons Attribution 3.0 United States	creativecommons.org/licenses/by/3.0/us/legalcode
CC-BY-4.0		Creative Commons Attribution 4.0 International	creativecommons.org/licenses/by/4.0/legalcode
CC-BY-NC-1.0		Creative Commons Attribution Non Commercial 1.0 Generic	creativecommons.org/licenses/by-nc/1.0/legalcode
CC-BY-NC-2.0		Creative Commons Attribution Non Commercial 2.0 Generic	creativecommons.org/licenses/by-nc/2.0/legalcode
CC-BY-NC-2.5		Creative Commons Attribution Non Commercial 2.5 Generic	creativecommons.org/licenses/by-nc/2.5/legalcode
CC-BY-NC-3.0		Creative Commons Attribution Non Commercial 3.0 Unported	creativecommons.org/licenses/by-nc/3.0/legalcode
CC-BY-NC-3.0-DE		Creative Commons Attribution Non Commercial 3.0 Germany	creativecommons.org/licenses/by-nc/3.0/de/legalcode
CC-BY-NC-3.0-IGO
CC-BY-NC-4.0		Creative Commons Attribution Non Commercial 4.0 International	creativecommons.org/licenses/by-nc/4.0/legalcode
CC-BY-NC-ND-1.0		Creative Commons Attribution Non Commercial No Derivatives 1.0 Generic	creativecommons.org/licenses/by-nd-nc/1.0/legalcode
CC-BY-NC-ND-2.0		Creative Commons Attribution Non Commercial No Derivatives 2.0 Generic	creativecommons.org/licenses/by-nc-nd/2.0/legalcode
CC-BY-NC-ND-2.5		Creative Commons Attribution Non Commercial No Derivatives 2.5 Generic	creativecommons.org/licenses/by-nc-nd/2.5/legalcode
CC-BY-NC-ND-3.0		Creative Commons Attribution Non Commercial No Derivatives 3.0 Unported	creativecommons.org/licenses/by-nc-nd/3.0/legalcode
CC-BY-NC-ND-3.0-DE		Creative Commons Attribution Non Commercial No Derivatives 3.0 Germany	creativecommons.org/licenses/by-nc-nd/3.0/de/legalcode
CC-BY-NC-ND-3.0-IGO		Creative Commons Attribution Non Commercial No Derivatives 3.0 IGO	creativecommons.org/licenses/by-nc-nd/3.0/igo/legalcode
CC-BY-NC-ND-4.0		Creative Commons Attribution Non Commercial No Derivatives 4.0 International	creativecommons.org/licenses/by-nc-nd/4.0/legalcode
CC-BY-NC-SA-1.0		Creative Commons Attribution Non Commercial Share Alike 1.0 Generic	creativecommons.org/licenses/by-nc-sa/1.0/legalcode
CC-BY-NC-SA-2.0		Creative Commons Attribution Non Commercial Share Alike 2.0 Generic	creativecommons.org/licenses/by-nc-sa/2.0/legalcode
CC-BY-NC-SA-2.0-DE		Creative Commons Attribution Non Commercial Share Alike 2.0 Germany	creativecommons.org/licenses/by-nc-sa/2.0/de/legalcode
CC-BY-NC-SA-2.0-FR		Creative Commons Attribution-NonCommercial-ShareAlike 2.0 France	creativecommons.org/licenses/by-nc-sa/2.0/fr/legalcode
CC-BY-NC-SA-2.0-UK		Creative Commons Attribution Non Commercial Share Alike 2.0 England and Wales	creativecommons.org/licenses/by-nc-sa/2.0/uk/legalcode
CC-BY-NC-SA-2.5		Creative Commons Attribution Non Commercial Share Alike 2.5 Generic	creativecommons.org/licenses/by-nc-sa/2.5/legalcode
CC-BY-NC-SA-3.0		Creative Commons Attribution Non Commercial Share Alike 3.0 Unported	creativecommons.org/licenses/by-nc-sa/3.0/legalcode
CC-BY-NC-SA-3.0-DE		Creative Commons Attribution Non Commercial Share Alike 3.0 Germany	creativecommons.org/licenses/by-nc-sa/3.0/de/legalcode
CC-BY-NC-SA-3.0-IGO		Creative Commons Attribution Non Commercial Share Alike 3.0 IGO	creativecommons.org/licenses/by-nc-sa/3.0/igo/legalcode
CC-BY-NC-SA-4.0		Creative Commons Attribution Non Commercial Share Alike 4.0 International	creativecommons.org/licenses/by-nc-sa/4.0/legalcode
CC-BY-ND-1.0		Creative Commons Attribution No Derivatives 1.0 Generic	creativecommons.org/licenses/by-nd/1.0/legalcode
CC-BY-ND-2.0		Creative Commons Attribution No Derivatives 2.0 Generic	creativecommons.org/licenses/by-nd/2.0/legalcode
CC-BY-ND-2.5		Creative Commons Attribution No Derivatives 2.5 Generic	creativecommons.org/licenses/by-nd/2.5/legalcode
CC-BY-ND-3.0		Creative Commons Attribution No Derivatives 3.0 Unported	creativecommons.org/licenses/by-nd/3.0/legalcode
CC-BY-ND-3.0-DE		Creative Commons Attribution No Derivatives 3.0 Germany	creativecommons.org/licenses/by-nd/3.0/de/legalcode
CC-BY-ND-4.0		Creative Commons Attribution No Derivatives 4.0 International	creativecommons.org/licenses/by-nd/4.0/legalcode
CC-BY-SA-1.0		Creative Commons Attribution Share Alike 1.0 Generic	creativecommons.org/licenses/by-sa/1.0/legalcode
CC-BY-SA-2.0		Creative Commons Attribution Share Alike 2.0 Generic	creativecommons.org/licenses/by-sa/2.0/legalcode
CC-BY-SA-2.0-UK		Creative Commons Attribution Share Alike 2.0 England and Wales	creativecommons.org/licenses/by-sa/2.0/uk/legalcode
CC-BY-SA-2.1-JP		Creative Commons Attribution Share Alike 2.1 Japan	creativecommons.org/licenses/by-sa/2.1/jp/legalcode
CC-BY-SA-2.5		Creative Commons Attribution Share Alike 2.5 Generic	creativecommons.org/licenses/by-sa/2.5/legalcode
CC-BY-SA-3.0		Creative Commons Attribution Share Alike 3.0 Unported	creativecommons.org/licenses/by-sa/3.0/legalcode
CC-BY-SA-3.0-AT		Creative Commons Attribution Share Alike 3.0 Austria	creativecommons.org/licenses/by-sa/3.0/at/legalcode
CC-BY-SA-3.0-DE		Creative Commons Attribution Share Alike 3.0 Germany	creativecommons.org/licenses/by-sa/3.0/de/legalcode
CC-BY-SA-3.0-IGO		Creative Commons Attribution-ShareAlike 3.0 IGO	creativecommons.org/licenses/by-sa/3.0/igo/legalcode
CC-BY-SA-4.0		Creative Commons Attribution Share Alike 4.0 International	creativecommons.org/licenses/by-sa/4.0/legalcode
CC-PDDC		Creative Commons Public Domain Dedication and Certification	creativecommons.org/licenses/publicdomain
CC-PDM-1.0		Creative Commons Public Domain Mark 1.0 Universal	creativecommons.org/publicdomain/mark/1.0
CC-SA-1.0		Creative Commons Share Alike 1.0 Generic	creativecommons.org/licenses/sa/1.0/legalcode
CC0-1.0		Creative Commons Zero v1.0 Universal	creativecommons.org/publicdomain/zero/1.0/legalcode
CDDL-1.0		Common Development and Distribution License 1.0	opensource.org/licenses/cddl1
CDDL-1.1		Common Development and Distribution License 1.1	glassfish.java.net/public/CDDL+GPL_1_1.html
CDL-1.0		Common Documentation License 1.0	opensource.apple.com/cdl
CDLA-Permissive-1.0		Community Data License Agreement Permissive 1.0	cdla.io/permissive-1-0
CDLA-Permissive-2.0		Community Data License Agreement Permissive 2.0	cdla.dev/permissive-2-0
CDLA-Sharing-1.0		Community Data License Agreement Sharing 1.0	cdla.io/sharing-1-0
CECILL-1.0		CeCILL Free Software License Agreement v1.0	cecill.info/licences/Licence_CeCILL_V1-fr.html
CECILL-1.1		CeCILL Free Software License Agreement v1.1	cecill.info/licences/Licence_CeCILL_V1.1-US.html
CECILL-2.0		CeCILL Free Software License Agreement v2.0	cecill.info/licences/Licence_CeCILL_V2-en.html
CECILL-2.1		CeCILL Free Software License Agreement v2.1	cecill.info/licences/Licence_CeCILL_V2.1-en.html
CECILL-B		CeCILL-B Free Software License Agreement	cecill.info/licences/Licence_CeCILL-B_V1-en.html
CECILL-C		CeCILL-C Free Software License Agreement	cecill.info/licences/Licence_CeCILL-C_V1-en.html
CERN-OHL-1.1		CERN Open Hardware Licence v1.1	ohwr.org/project/licenses/wikis/cern-ohl-v1.1
CERN-OHL-1.2		CERN Open Hardware Licence v1.2	ohwr.org/project/licenses/wikis/cern-ohl-v1.2
CERN-OHL-P-2.0		CERN Open Hardware Licence Version 2 - Permissive
CERN-OHL-S-2.0		CERN Open Hardware Licence Version 2 - Strongly Reciprocal
CERN-OHL-W-2.0		CERN Open Hardware Licence Version 2 - Weakly Reciprocal
CFITSIO		CFITSIO License	heasarc.gsfc.nasa.gov/docs/software/fitsio/c/f_user/node9.html
CMU-Mach		CMU Mach License	cs.cmu.edu/~410/licenses.html
CMU-Mach-nodoc		CMU Mach - no notices-in-documentation variant	github.com/krb5/krb5/blob/krb5-1.21.2-final/NOTICE#L718-L728
CNRI-Jython		CNRI Jython License	jython.org/license.html
CNRI-Python		CNRI Python License	opensource.org/licenses/CNRI-Python
CNRI-Python-GPL-Compatible		CNRI Python Open Source GPL Compatible License Agreement	python.org/download/releases/1.6.1/download_win
COIL-1.0		Copyfree Open Innovation License	coil.apotheon.org/plaintext/01.0.txt
CPAL-1.0		Common Public Attribution License 1.0	opensource.org/licenses/CPAL-1.0
CPL-1.0		Common Public License 1.0	opensource.org/licenses/CPL-1.0
CPOL-1.02		Code Project Open License 1.02	codeproject.com/info/cpol10.aspx
CUA-OPL-1.0		CUA Office Public License v1.0	opensource.org/licenses/CUA-OPL-1.0
Caldera		Caldera License	lemis.com/grog/UNIX/ancient-source-all.pdf
Caldera-no-preamble		Caldera License (without preamble)	github.com/apache/apr/blob/trunk/LICENSE#L298C6-L298C29
Catharon		Catharon License	github.com/scummvm/scummvm/blob/v2.8.0/LICENSES/CatharonLicense.txt
ClArtistic		Clarified Artistic License	gianluca.dellavedova.org/2011/01/03/clarified-artistic-license
Clips		Clips License	github.com/DrItanium/maya/blob/master/LICENSE.CLIPS
Community-Spec-1.0		Community Specification License 1.0	github.com/CommunitySpecification/1.0/blob/master/1._Community_Specification_License-v1.md
Condor-1.1		Condor Public License v1.1	research.cs.wisc.edu/condor/license.html#condor
Cornell-Lossless-JPEG		Cornell Lossless JPEG License	android.googlesource.com/platform/external/dng_sdk/+/refs/heads/master/source/dng_lossless_jpeg.cpp#16
Cronyx		Cronyx License	gitlab.freedesktop.org/xorg/font/alias/-/blob/master/COPYING
Crossword		Crossword License	fedoraproject.org/wiki/Licensing/Crossword
CryptoSwift		CryptoSwift License	github.com/krzyzanowskim/CryptoSwift/blob/main/LICENSE
CrystalStacker		CrystalStacker License	fedoraproject.org/wiki/Licensing:CrystalStacker?rd=Licensing/CrystalStacker
Cube		Cube License	fedoraproject.org/wiki/Licensing/Cube
D-FSL-1.0		Deutsche Freie Software Lizenz	dipp.nrw.de/d-fsl/lizenzen
DEC-3-Clause		DEC 3-Clause License	gitlab.freedesktop.org/xorg/xserver/-/blob/master/COPYING?ref_type=heads#L239
DL-DE-BY-2.0		Data licence Germany – attribution – version 2.0	govdata.de/dl-de/by-2-0
DL-DE-ZERO-2.0		Data licence Germany – zero – version 2.0	govdata.de/dl-de/zero-2-0
DOC		DOC License	cs.wustl.edu/~schmidt/ACE-copying.html
DRL-1.0		Detection Rule License 1.0	github.com/Neo23x0/sigma/blob/master/LICENSE.Detection.Rules.md
DRL-1.1		Detection Rule License 1.1	github.com/SigmaHQ/Detection-Rule-License/blob/6ec7fbde6101d101b5b5d1fcb8f9b69fbc76c04a/LICENSE.Detection.Rules.md
DSDP		DSDP License	fedoraproject.org/wiki/Licensing/DSDP
DocBook-DTD		DocBook DTD License	docbook.org/xml/simple/1.1/docbook-simple-1.1.zip
DocBook-Schema		DocBook Schema License	github.com/docbook/xslt10-stylesheets/blob/efd62655c11cc8773708df7a843613fa1e932bf8/xsl/assembly/schema/docbook51b7.rnc
DocBook-Stylesheet		DocBook Stylesheet License	docbook.org/xml/5.0/docbook-5.0.zip
DocBook-XML		DocBook XML License	github.com/docbook/xslt10-stylesheets/blob/efd62655c11cc8773708df7a843613fa1e932bf8/xsl/COPYING#L27
Dotseqn		Dotseqn License	fedoraproject.org/wiki/Licensing/Dotseqn
ECL-1.0		Educational Community License v1.0	opensource.org/licenses/ECL-1.0
ECL-2.0		Educational Community License v2.0	opensource.org/licenses/ECL-2.0
EFL-1.0		Eiffel Forum License v1.0	eiffel-nice.org/license/forum.txt
EFL-2.0		Eiffel Forum License v2.0	eiffel-nice.org/license/eiffel-forum-license-2.html
EPICS		EPICS Open License	epics.anl.gov/license/open.php
EPL-1.0		Eclipse Public License 1.0	eclipse.org/legal/epl-v10.html
EPL-2.0		Eclipse Public License 2.0	eclipse.org/legal/epl-2.0
ESA-PL-permissive-2.4		European Space Agency Public License – v2.4 – Permissive (Type 3)	essr.esa.int/license/european-space-agency-public-license-v2-4-permissive-type-3
ESA-PL-strong-copyleft-2.4		European Space Agency Public License (ESA-PL) - V2.4 - Strong Copyleft (Type 1)	essr.esa.int/license/european-space-agency-public-license-v2-4-strong-copyleft-type-1
ESA-PL-weak-copyleft-2.4		European Space Agency Public License – v2.4 – Weak Copyleft (Type 2)	essr.esa.int/license/european-space-agency-public-license-v2-4-weak-copyleft-type-2
EUDatagrid		EU DataGrid Software License	eu-datagrid.web.cern.ch/eu-datagrid/license.html
EUPL-1.0		European Union Public License 1.0	ec.europa.eu/idabc/en/document/7330.html
EUPL-1.1		European Union Public License 1.1	joinup.ec.europa.eu/software/page/eupl/licence-eupl
EUPL-1.2		European Union Public License 1.2	joinup.ec.europa.eu/page/eupl-text-11-12
Elastic-2.0		Elastic License 2.0	elastic.co/licensing/elastic-license
Entessa		Entessa Public License v1.0	opensource.org/licenses/Entessa
ErlPL-1.1		Erlang Public License v1.1	erlang.org/EPLICENSE
Eurosym		Eurosym License	fedoraproject.org/wiki/Licensing/Eurosym
FBM		Fuzzy Bitmap License	github.com/SWI-Prolog/packages-xpce/blob/161a40cd82004f731ba48024f9d30af388a7edf5/src/img/gifwrite.c#L21-L26
FDK-AAC		Fraunhofer FDK AAC Codec Library	fedoraproject.org/wiki/Licensing/FDK-AAC
FDK-MPEG-H
FSFAP		FSF All Permissive License	gnu.org/prep/maintain/html_node/License-Notices-for-Other-Files.html
FSFAP-no-warranty-disclaimer		FSF All Permissive License (without Warranty)	git.savannah.gnu.org/cgit/wget.git/tree/util/trunc.c?h=v1.21.3&id=40747a11e44ced5a8ac628a41f879ced3e2ebce9#n6
FSFUL		FSF Unlimited License	fedoraproject.org/wiki/Licensing/FSF_Unlimited_License
FSFULLR		FSF Unlimited License (with License Retention)	fedoraproject.org/wiki/Licensing/FSF_Unlimited_License#License_Retention_Variant
FSFULLRSD		FSF Unlimited License (with License Retention and Short Disclaimer)	git.savannah.gnu.org/cgit/gnulib.git/tree/modules/COPYING?id=7b08932179d0d6b017f7df01a2ddf6e096b038e3
FSFULLRWD		FSF Unlimited License (With License Retention and Warranty Disclaimer)	lists.gnu.org/archive/html/autoconf/2012-04/msg00061.html
FSL-1.1-ALv2		Functional Source License, Version 1.1, ALv2 Future License	fsl.software/FSL-1.1-ALv2.template.md
FSL-1.1-MIT		Functional Source License, Version 1.1, MIT Future License	fsl.software/FSL-1.1-MIT.template.md
FTL		Freetype Project License	freetype.fis.uniroma2.it/FTL.TXT
Fair		Fair License	web.archive.org/web/20150926120323/http://fairlicense.org
Ferguson-Twofish		Ferguson Twofish License	github.com/wernerd/ZRTPCPP/blob/6b3cd8e6783642292bad0c21e3e5e5ce45ff3e03/cryptcommon/twofish.c#L113C3-L127
Frameworx-1.0		Frameworx Open License 1.0	opensource.org/licenses/Frameworx-1.0
FreeBSD-DOC		FreeBSD Documentation License	freebsd.org/copyright/freebsd-doc-license
FreeImage		FreeImage Public License v1.0	freeimage.sourceforge.net/freeimage-license.txt
Furuseth		Furuseth License	git.openldap.org/openldap/openldap/-/blob/master/COPYRIGHT?ref_type=heads#L39-51
GCR-docs		Gnome GCR Documentation License	github.com/GNOME/gcr/blob/master/docs/COPYING
GD		GD License	libgd.github.io/manuals/2.3.0/files/license-txt.html
GFDL-1.1	-	GNU Free Documentation License v1.1
GFDL-1.1-invariants-only		GNU Free Documentation License v1.1 only - invariants
GFDL-1.1-invariants-or-later		GNU Free Documentation License v1.1 or later - invariants
GFDL-1.1-no-invariants-only		GNU Free Documentation License v1.1 only - no invariants
GFDL-1.1-no-invariants-or-later		GNU Free Documentation License v1.1 or later - no invariants
GFDL-1.1-only		GNU Free Documentation License v1.1 only
GFDL-1.1-or-later		GNU Free Documentation License v1.1 or later
GFDL-1.2	-	GNU Free Documentation License v1.2
GFDL-1.2-invariants-only		GNU Free Documentation License v1.2 only - invariants
GFDL-1.2-invariants-or-later		GNU Free Documentation License v1.2 or later - invariants
GFDL-1.2-no-invariants-only		GNU Free Documentation License v1.2 only - no invariants
GFDL-1.2-no-invariants-or-later		GNU Free Documentation License v1.2 or later - no invariants
GFDL-1.2-only		GNU Free Documentation License v1.2 only
GFDL-1.2-or-later		GNU Free Documentation License v1.2 or later
GFDL-1.3	-	GNU Free Documentation License v1.3
GFDL-1.3-invariants-only		GNU Free Documentation License v1.3 only - invariants
GFDL-1.3-invariants-or-later		GNU Free Documentation License v1.3 or later - invariants
GFDL-1.3-no-invariants-only		GNU Free Documentation License v1.3 only - no invariants
GFDL-1.3-no-invariants-or-later		GNU Free Documentation License v1.3 or later - no invariants
GFDL-1.3-only		GNU Free Documentation License v1.3 only
GFDL-1.3-or-later		GNU Free Documentation License v1.3 or later
GL2PS		GL2PS License	geuz.org/gl2ps/COPYING.GL2PS
GLWTPL		Good Luck With That Public License	github.com/me-shaon/GLWTPL/commit/da5f6bc734095efbacb442c0b31e33a65b9d6e85
GPL-1.0	-	GNU General Public License v1.0 only
GPL-1.0+	-	GNU General Public License v1.0 or later
GPL-1.0-only		GNU General Public License v1.0 only
GPL-1.0-or-later		GNU General Public License v1.0 or later
GPL-2.0	-	GNU General Public License v2.0 only
GPL-2.0+	-	GNU General Public License v2.0 or later
GPL-2.0-only		GNU General Public License v2.0 only
GPL-2.0-or-later		GNU General Public License v2.0 or later
GPL-2.0-with-GCC-exception	-	GNU General Public License v2.0 w/GCC Runtime Library exception
GPL-2.0-with-autoconf-exception	-	GNU General Public License v2.0 w/Autoconf exception
GPL-2.0-with-bison-exception	-	GNU General Public License v2.0 w/Bison exception
GPL-2.0-with-classpath-exception	-	GNU General Public License v2.0 w/Classpath exception
GPL-2.0-with-font-exception	-	GNU General Public License v2.0 w/Font exception
GPL-3.0	-	GNU General Public License v3.0 only
GPL-3.0+	-	GNU General Public License v3.0 or later
GPL-3.0-only		GNU General Public License v3.0 only
GPL-3.0-or-later		GNU General Public License v3.0 or later
GPL-3.0-with-GCC-exception	-	GNU General Public License v3.0 w/GCC Runtime Library exception
GPL-3.0-with-autoconf-exception	-	GNU General Public License v3.0 w/Autoconf exception
Game-Programming-Gems		Game Programming Gems License	github.com/OGRECave/ogre/blob/master/OgreMain/include/OgreSingleton.h#L28C3-L35C46
Giftware		Giftware License	liballeg.org/license.html#allegro-4-the-giftware-license
Glide		3dfx Glide License	users.on.net/~triforce/glidexp/COPYING.txt
Glulxe		Glulxe License	fedoraproject.org/wiki/Licensing/Glulxe
Graphics-Gems		Graphics Gems License	github.com/erich666/GraphicsGems/blob/master/LICENSE.md
Gutmann		Gutmann License	cs.auckland.ac.nz/~pgut001/dumpasn1.c
HDF5		HDF5 License	github.com/HDFGroup/hdf5/?tab=License-1-ov-file#readme
HIDAPI		HIDAPI License	github.com/signal11/hidapi/blob/master/LICENSE-orig.txt
HP-1986		Hewlett-Packard 1986 License	sourceware.org/git/?p=newlib-cygwin.git;a=blob;f=newlib/libc/machine/hppa/memchr.S;h=1cca3e5e8867aa4bffef1f75a5c1bba25c0c441e;hb=HEAD#l2
HP-1989		Hewlett-Packard 1989 License	github.com/bleargh45/Data-UUID/blob/master/LICENSE
HPND		Historical Permission Notice and Disclaimer	opensource.org/licenses/HPND
HPND-DEC		Historical Permission Notice and Disclaimer - DEC variant	gitlab.freedesktop.org/xorg/app/xkbcomp/-/blob/master/COPYING?ref_type=heads#L69
HPND-Fenneberg-Livingston		Historical Permission Notice and Disclaimer - Fenneberg-Livingston variant	github.com/FreeRADIUS/freeradius-client/blob/master/COPYRIGHT#L32
HPND-INRIA-IMAG		Historical Permission Notice and Disclaimer - INRIA-IMAG variant	github.com/ppp-project/ppp/blob/master/pppd/ipv6cp.c#L75-L83
HPND-Intel		Historical Permission Notice and Disclaimer - Intel variant	sourceware.org/git/?p=newlib-cygwin.git;a=blob;f=newlib/libc/machine/i960/memcpy.S;hb=HEAD
HPND-Kevlin-Henney		Historical Permission Notice and Disclaimer - Kevlin Henney variant	github.com/mruby/mruby/blob/83d12f8d52522cdb7c8cc46fad34821359f453e6/mrbgems/mruby-dir/src/Win/dirent.c#L127-L140
HPND-MIT-disclaimer		Historical Permission Notice and Disclaimer with MIT disclaimer	metacpan.org/release/NLNETLABS/Net-DNS-SEC-1.22/source/LICENSE
HPND-Markus-Kuhn		Historical Permission Notice and Disclaimer - Markus Kuhn variant	cl.cam.ac.uk/~mgk25/ucs/wcwidth.c
HPND-Netrek		Historical Permission Notice and Disclaimer - Netrek variant
HPND-Pbmplus		Historical Permission Notice and Disclaimer - Pbmplus variant	sourceforge.net/p/netpbm/code/HEAD/tree/super_stable/netpbm.c#l8
HPND-SMC		Historical Permission Notice and Disclaimer - SMC variant	docs.python.org/3/license.html#execution-tracing
HPND-UC		Historical Permission Notice and Disclaimer - University of California variant	core.tcl-lang.org/tk/file?name=compat/unistd.h
HPND-UC-export-US		Historical Permission Notice and Disclaimer - University of California, US export warning	github.com/RTimothyEdwards/magic/blob/master/LICENSE
HPND-doc		Historical Permission Notice and Disclaimer - documentation variant	gitlab.freedesktop.org/xorg/lib/libxext/-/blob/master/COPYING?ref_type=heads#L185-197
HPND-doc-sell		Historical Permission Notice and Disclaimer - documentation sell variant	gitlab.freedesktop.org/xorg/lib/libxtst/-/blob/master/COPYING?ref_type=heads#L108-117
HPND-export-US		HPND with US Government export control warning	kermitproject.org/ck90.html#source
HPND-export-US-acknowledgement		HPND with US Government export control warning and acknowledgment	github.com/krb5/krb5/blob/krb5-1.21.2-final/NOTICE#L831-L852
HPND-export-US-modify		HPND with US Government export control warning and modification rqmt	github.com/krb5/krb5/blob/krb5-1.21.2-final/NOTICE#L1157-L1182
HPND-export2-US		HPND with US Government export control and 2 disclaimers	github.com/krb5/krb5/blob/krb5-1.21.2-final/NOTICE#L111-L133
HPND-merchantability-variant		Historical Permission Notice and Disclaimer - merchantability variant	sourceware.org/git/?p=newlib-cygwin.git;a=blob;f=newlib/libc/misc/fini.c;hb=HEAD
HPND-sell-MIT-disclaimer-xserver		Historical Permission Notice and Disclaimer - sell xserver variant with MIT disclaimer	gitlab.freedesktop.org/xorg/xserver/-/blob/master/COPYING?ref_type=heads#L1781
HPND-sell-regexpr		Historical Permission Notice and Disclaimer - sell regexpr variant	gitlab.com/bacula-org/bacula/-/blob/Branch-11.0/bacula/LICENSE-FOSS?ref_type=heads#L245
HPND-sell-variant		Historical Permission Notice and Disclaimer - sell variant	git.kernel.org/pub/scm/linux/kernel/git/torvalds/linux.git/tree/net/sunrpc/auth_gss/gss_generic_token.c?h=v4.19
HPND-sell-variant-MIT-disclaimer		HPND sell variant with MIT disclaimer	github.com/sigmavirus24/x11-ssh-askpass/blob/master/README
HPND-sell-variant-MIT-disclaimer-rev		HPND sell variant with MIT disclaimer - reverse	github.com/sigmavirus24/x11-ssh-askpass/blob/master/dynlist.c
HPND-sell-variant-critical-systems		HPND - sell variant with safety critical systems clause	gitlab.freedesktop.org/xorg/driver/xf86-video-voodoo/-/blob/68a5b6d98ae34749cca889f4373b4043d00bfe6a/src/voodoo_dga.c#L12-33
HTMLTIDY		HTML Tidy License	github.com/htacg/tidy-html5/blob/next/README/LICENSE.md
HaskellReport		Haskell Language Report License	fedoraproject.org/wiki/Licensing/Haskell_Language_Report_License
Hippocratic-2.1		Hippocratic License 2.1	firstdonoharm.dev/version/2/1/license.html
Hippocratic-3.0-core
IBM-pibs		IBM PowerPC Initialization and Boot Software	git.denx.de/?p=u-boot.git;a=blob;f=arch/powerpc/cpu/ppc4xx/miiphy.c;h=297155fdafa064b955e53e9832de93bfb0cfb85b;hb=9fab4bf4cc077c21e43941866f3f2c196f28670d
ICU		ICU License	source.icu-project.org/repos/icu/icu/trunk/license.html
IEC-Code-Components-EULA		IEC Code Components End-user licence agreement	iec.ch/webstore/custserv/pdf/CC-EULA.pdf
IJG		Independent JPEG Group License	dev.w3.org/cvsweb/Amaya/libjpeg/Attic/README?rev=1.2
IJG-short		Independent JPEG Group License - short	sourceforge.net/p/xmedcon/code/ci/master/tree/libs/ljpg
IPA		IPA Font License	opensource.org/licenses/IPA
IPL-1.0		IBM Public License v1.0	opensource.org/licenses/IPL-1.0
ISC		ISC License	isc.org/licenses
ISC-Veillard		ISC Veillard variant	raw.githubusercontent.com/GNOME/libxml2/4c2e7c651f6c2f0d1a74f350cbda95f7df3e7017/hash.c
ISO-permission		ISO permission notice	gitlab.com/agmartin/linuxdoc-tools/-/blob/master/iso-entities/COPYING?ref_type=heads
ImageMagick		ImageMagick License	imagemagick.org/script/license.php
Imlib2		Imlib2 License	trac.enlightenment.org/e/browser/trunk/imlib2/COPYING
Info-ZIP		Info-ZIP License	info-zip.org/license.html
Informatica
Inner-Net-2.0		Inner Net License v2.0	fedoraproject.org/wiki/Licensing/Inner_Net_License
InnoSetup		Inno Setup License	github.com/jrsoftware/issrc/blob/HEAD/license.txt
Intel		Intel Open Source License	opensource.org/licenses/Intel
Intel-ACPI		Intel ACPI Software License Agreement	fedoraproject.org/wiki/Licensing/Intel_ACPI_Software_License_Agreement
Interbase-1.0		Interbase Public License v1.0	web.archive.org/web/20060319014854/http://info.borland.com/devsupport/interbase/opensource/IPL.html
JPL-image		JPL Image Use Policy	jpl.nasa.gov/jpl-image-use-policy
JPNIC		Japan Network Information Center License	gitlab.isc.org/isc-projects/bind9/blob/master/COPYRIGHT#L366
JSON		JSON License	json.org/license.html
Jam		Jam License	boost.org/doc/libs/1_35_0/doc/html/jam.html
JasPer-2.0		JasPer License	ece.uvic.ca/~mdadams/jasper/LICENSE
Kastrup		Kastrup License	ctan.math.utah.edu/ctan/tex-archive/macros/generic/kastrup/binhex.dtx
Kazlib		Kazlib License	git.savannah.gnu.org/cgit/kazlib.git/tree/except.c?id=0062df360c2d17d57f6af19b0e444c51feb99036
Knuth-CTAN		Knuth CTAN License	ctan.org/license/knuth
LAL-1.2		Licence Art Libre 1.2	artlibre.org/licence/lal/licence-art-libre-12
LAL-1.3		Licence Art Libre 1.3	artlibre.org
LGPL-2.0	-	GNU Library General Public License v2 only
LGPL-2.0+	-	GNU Library General Public License v2 or later
LGPL-2.0-only		GNU Library General Public License v2 only
LGPL-2.0-or-later		GNU Library General Public License v2 or later
LGPL-2.1	-	GNU Lesser General Public License v2.1 only
LGPL-2.1+	-	GNU Lesser General Public License v2.1 or later
LGPL-2.1-only		GNU Lesser General Public License v2.1 only
LGPL-2.1-or-later		GNU Lesser General Public License v2.1 or later
LGPL-3.0	-	GNU Lesser General Public License v3.0 only
LGPL-3.0+	-	GNU Lesser General Public License v3.0 or later
LGPL-3.0-only		GNU Lesser General Public License v3.0 only
LGPL-3.0-or-later		GNU Lesser General Public License v3.0 or later
LGPLLR		Lesser General Public License For Linguistic Resources	www-igm.univ-mlv.fr/~unitex/lgpllr.html
LOOP		Common Lisp LOOP License	gitlab.com/embeddable-common-lisp/ecl/-/blob/develop/src/lsp/loop.lsp
LPD-document		LPD Documentation License	github.com/Cyan4973/xxHash/blob/dev/doc/xxhash_spec.md
LPL-1.0		Lucent Public License Version 1.0	opensource.org/licenses/LPL-1.0
LPL-1.02		Lucent Public License v1.02	plan9.bell-labs.com/plan9/license.html
LPPL-1.0		LaTeX Project Public License v1.0	latex-project.org/lppl/lppl-1-0.txt
LPPL-1.1		LaTeX Project Public License v1.1	latex-project.org/lppl/lppl-1-1.txt
LPPL-1.2		LaTeX Project Public License v1.2	latex-project.org/lppl/lppl-1-2.txt
LPPL-1.3a		LaTeX Project Public License v1.3a	latex-project.org/lppl/lppl-1-3a.txt
LPPL-1.3c		LaTeX Project Public License v1.3c	latex-project.org/lppl/lppl-1-3c.txt
LZMA-SDK-9.11-to-9.20		LZMA SDK License (versions 9.11 to 9.20)
LZMA-SDK-9.22		LZMA SDK License (versions 9.22 and beyond)
Latex2e		Latex2e License	fedoraproject.org/wiki/Licensing/Latex2e
Latex2e-translated-notice		Latex2e with translated notice permission	git.savannah.gnu.org/cgit/indent.git/tree/doc/indent.texi?id=a74c6b4ee49397cf330b333da1042bffa60ed14f#n74
Leptonica		Leptonica License	fedoraproject.org/wiki/Licensing/Leptonica
LiLiQ-P-1.1		Licence Libre du Québec – Permissive version 1.1	forge.gouv.qc.ca/licence/fr/liliq-v1-1
LiLiQ-R-1.1		Licence Libre du Québec – Réciprocité version 1.1	forge.gouv.qc.ca/participez/licence-logicielle/licence-libre-du-quebec-liliq-en-francais/licence-libre-du-quebec-reciprocite-liliq-r-v1-1
LiLiQ-Rplus-1.1		Licence Libre du Québec – Réciprocité forte version 1.1	forge.gouv.qc.ca/participez/licence-logicielle/licence-libre-du-quebec-liliq-en-francais/licence-libre-du-quebec-reciprocite-forte-liliq-r-v1-1
Libpng		libpng License
Linux-OpenIB		Linux Kernel Variant of OpenIB.org license	git.kernel.org/pub/scm/linux/kernel/git/torvalds/linux.git/tree/drivers/infiniband/core/sa.h
Linux-man-pages-1-para		Linux man-pages - 1 paragraph	git.kernel.org/pub/scm/docs/man-pages/man-pages.git/tree/man2/getcpu.2#n4
Linux-man-pages-copyleft		Linux man-pages Copyleft	kernel.org/doc/man-pages/licenses.html
Linux-man-pages-copyleft-2-para		Linux man-pages Copyleft - 2 paragraphs	git.kernel.org/pub/scm/docs/man-pages/man-pages.git/tree/man2/move_pages.2#n5
Linux-man-pages-copyleft-var		Linux man-pages Copyleft Variant	git.kernel.org/pub/scm/docs/man-pages/man-pages.git/tree/man2/set_mempolicy.2#n5
Lucida-Bitmap-Fonts		Lucida Bitmap Fonts License	gitlab.freedesktop.org/xorg/font/bh-100dpi/-/blob/master/COPYING?ref_type=heads
MIPS		MIPS License	sourceware.org/cgit/binutils-gdb/tree/include/coff/sym.h#n11
MIT		MIT License	opensource.org/license/mit
MIT-0		MIT No Attribution	github.com/aws/mit-0
MIT-CMU		CMU License	fedoraproject.org/wiki/Licensing:MIT?rd=Licensing/MIT#CMU_Style
MIT-Click		MIT Click License	github.com/kohler/t1utils/blob/master/LICENSE
MIT-Festival		MIT Festival Variant	github.com/festvox/flite/blob/master/COPYING
MIT-Khronos-old		MIT Khronos - old variant	github.com/KhronosGroup/SPIRV-Cross/blob/main/LICENSES/LicenseRef-KhronosFreeUse.txt
MIT-Modern-Variant		MIT License Modern Variant	fedoraproject.org/wiki/Licensing:MIT#Modern_Variants
MIT-STK		MIT-STK License	github.com/thestk/stk/blob/6aacd357d76250bb7da2b1ddf675651828784bbc/LICENSE
MIT-Wu		MIT Tom Wu Variant	github.com/chromium/octane/blob/master/crypto.js
MIT-advertising		Enlightenment License (e16)	fedoraproject.org/wiki/Licensing/MIT_With_Advertising
MIT-enna		enna License	fedoraproject.org/wiki/Licensing/MIT#enna
MIT-feh		feh License	fedoraproject.org/wiki/Licensing/MIT#feh
MIT-open-group		MIT Open Group variant	gitlab.freedesktop.org/xorg/app/iceauth/-/blob/master/COPYING
MIT-testregex		MIT testregex Variant	github.com/dotnet/runtime/blob/55e1ac7c07df62c4108d4acedf78f77574470ce5/src/libraries/System.Text.RegularExpressions/tests/FunctionalTests/AttRegexTests.cs#L12-L28
MITNFA		MIT +no-false-attribs license	fedoraproject.org/wiki/Licensing/MITNFA
MMIXware		MMIXware License	gitlab.lrz.de/mmix/mmixware/-/blob/master/boilerplate.w
MMPL-1.0.1		Minecraft Mod Public License v1.0.1	github.com/BuildCraft/BuildCraft/blob/623d323b1868712f29f4a8b0979a02e8d1835131/LICENSE
MPEG-SSG		MPEG Software Simulation	sourceforge.net/p/netpbm/code/HEAD/tree/super_stable/converter/ppm/ppmtompeg/jrevdct.c#l1189
MPL-1.0		Mozilla Public License 1.0	mozilla.org/MPL/MPL-1.0.html
MPL-1.1		Mozilla Public License 1.1	mozilla.org/MPL/MPL-1.1.html
MPL-2.0		Mozilla Public License 2.0
MS-LPL		Microsoft Limited Public License	openhub.net/licenses/mslpl
MS-PL		Microsoft Public License
MS-RL		Microsoft Reciprocal License
MTLL		Matrix Template Library License	fedoraproject.org/wiki/Licensing/Matrix_Template_Library_License
MVT-1.1
Mackerras-3-Clause		Mackerras 3-Clause License	github.com/ppp-project/ppp/blob/master/pppd/chap_ms.c#L6-L28
Mackerras-3-Clause-acknowledgment		Mackerras 3-Clause - acknowledgment variant	github.com/ppp-project/ppp/blob/master/pppd/auth.c#L6-L28
MakeIndex		MakeIndex License	fedoraproject.org/wiki/Licensing/MakeIndex
Martin-Birgmeier		Martin Birgmeier License	github.com/Perl/perl5/blob/blead/util.c#L6136
McPhee-slideshow		McPhee Slideshow License	mirror.las.iastate.edu/tex-archive/graphics/metapost/contrib/macros/slideshow/slideshow.mp
Minpack		Minpack License	netlib.org/minpack/disclaimer
MirOS		The MirOS Licence	opensource.org/licenses/MirOS
Motosoto		Motosoto License	opensource.org/licenses/Motosoto
MulanPSL-1.0		Mulan Permissive Software License, Version 1	license.coscl.org.cn/MulanPSL
MulanPSL-2.0		Mulan Permissive Software License, Version 2	license.coscl.org.cn/MulanPSL2
Multics		Multics License	opensource.org/licenses/Multics
Mup		Mup License	fedoraproject.org/wiki/Licensing/Mup
NAIST-2003		Nara Institute of Science and Technology License (2003)	enterprise.dejacode.com/licenses/public/naist-2003/#license-text
NASA-1.3		NASA Open Source Agreement 1.3	ti.arc.nasa.gov/opensource/nosa
NBPL-1.0		Net Boolean Public License v1	openldap.org/devel/gitweb.cgi?p=openldap.git;a=blob;f=LICENSE;hb=37b4b3f6cc4bf34e1d3dec61e69914b9819d8894
NCBI-PD		NCBI Public Domain Notice	github.com/ncbi/sra-tools/blob/e8e5b6af4edc460156ad9ce5902d0779cffbf685/LICENSE
NCGL-UK-2.0		Non-Commercial Government Licence	nationalarchives.gov.uk/doc/non-commercial-government-licence/version/2
NCL		NCL Source Code License	gitlab.freedesktop.org/pipewire/pipewire/-/blob/master/src/modules/module-filter-chain/pffft.c?ref_type=heads#L1-52
NCSA		University of Illinois/NCSA Open Source License	otm.illinois.edu/uiuc_openSource
NGPL		Nethack General Public License	opensource.org/licenses/NGPL
NICTA-1.0		NICTA Public Software License, Version 1.0	opensource.apple.com/source/mDNSResponder/mDNSResponder-320.10/mDNSPosix/nss_ReadMe.txt
NIST-PD		NIST Public Domain Notice	github.com/tcheneau/simpleRPL/blob/e645e69e38dd4e3ccfeceb2db8cba05b7c2e0cd3/LICENSE.txt
NIST-PD-TNT		NIST Public Domain Notice TNT variant	math.nist.gov/tnt/download.html
NIST-PD-fallback		NIST Public Domain Notice with license fallback	github.com/usnistgov/jsip/blob/59700e6926cbe96c5cdae897d9a7d2656b42abe3/LICENSE
NIST-Software		NIST Software License	github.com/open-quantum-safe/liboqs/blob/40b01fdbb270f8614fde30e65d30e9da18c02393/src/common/rand/rand_nist.c#L1-L15
NLOD-1.0		Norwegian Licence for Open Government Data (NLOD) 1.0	data.norge.no/nlod/en/1.0
NLOD-2.0		Norwegian Licence for Open Government Data (NLOD) 2.0	data.norge.no/nlod/en/2.0
NLPL		No Limit Public License	fedoraproject.org/wiki/Licensing/NLPL
NOSL		Netizen Open Source License	bits.netizen.com.au/licenses/NOSL/nosl.txt
NPL-1.0		Netscape Public License v1.0	mozilla.org/MPL/NPL/1.0
NPL-1.1		Netscape Public License v1.1	mozilla.org/MPL/NPL/1.1
NPOSL-3.0		Non-Profit Open Software License 3.0	opensource.org/licenses/NOSL3.0
NRL		NRL License	web.mit.edu/network/isakmp/nrllicense.html
NTIA-PD		NTIA Public Domain Notice	raw.githubusercontent.com/NTIA/itm/refs/heads/master/LICENSE.md
NTP		NTP License	opensource.org/licenses/NTP
NTP-0		NTP No Attribution	github.com/tytso/e2fsprogs/blob/master/lib/et/et_name.c
Naumen		Naumen Public License	opensource.org/licenses/Naumen
Net-SNMP	-	Net-SNMP License
NetCDF		NetCDF license	unidata.ucar.edu/software/netcdf/copyright.html
Newsletr		Newsletr License	fedoraproject.org/wiki/Licensing/Newsletr
Nokia		Nokia Open Source License	opensource.org/licenses/nokia
Noweb		Noweb License	fedoraproject.org/wiki/Licensing/Noweb
Nunit	-	Nunit License
O-UDA-1.0		Open Use of Data Agreement v1.0	github.com/microsoft/Open-Use-of-Data-Agreement/blob/v1.0/O-UDA-1.0.md
OAR		OAR License	sourceware.org/git/?p=newlib-cygwin.git;a=blob;f=newlib/libc/string/strsignal.c;hb=HEAD#l35
OCCT-PL		Open CASCADE Technology Public License	opencascade.com/content/occt-public-license
OCLC-2.0		OCLC Research Public License 2.0	oclc.org/research/activities/software/license/v2final.htm
ODC-By-1.0		Open Data Commons Attribution License v1.0	opendatacommons.org/licenses/by/1.0
ODbL-1.0		Open Data Commons Open Database License v1.0	opendatacommons.org/licenses/odbl/1.0
OFFIS		OFFIS License	sourceforge.net/p/xmedcon/code/ci/master/tree/libs/dicom/README
OFL-1.0		SIL Open Font License 1.0
OFL-1.0-RFN		SIL Open Font License 1.0 with Reserved Font Name
OFL-1.0-no-RFN		SIL Open Font License 1.0 with no Reserved Font Name
OFL-1.1		SIL Open Font License 1.1
OFL-1.1-RFN		SIL Open Font License 1.1 with Reserved Font Name
OFL-1.1-no-RFN		SIL Open Font License 1.1 with no Reserved Font Name
OGC-1.0		OGC Software License, Version 1.0	ogc.org/ogc/software/1.0
OGDL-Taiwan-1.0		Taiwan Open Government Data License, version 1.0	data.gov.tw/license
OGL-Canada-2.0		Open Government Licence - Canada	open.canada.ca/en/open-government-licence-canada
OGL-UK-1.0		Open Government Licence v1.0	nationalarchives.gov.uk/doc/open-government-licence/version/1
OGL-UK-2.0		Open Government Licence v2.0	nationalarchives.gov.uk/doc/open-government-licence/version/2
OGL-UK-3.0		Open Government Licence v3.0	nationalarchives.gov.uk/doc/open-government-licence/version/3
OGTSL		Open Group Test Suite License	opengroup.org/testing/downloads/The_Open_Group_TSL.txt
OLDAP-1.1		Open LDAP Public License v1.1	openldap.org/devel/gitweb.cgi?p=openldap.git;a=blob;f=LICENSE;hb=806557a5ad59804ef3a44d5abfbe91d706b0791f
OLDAP-1.2		Open LDAP Public License v1.2	openldap.org/devel/gitweb.cgi?p=openldap.git;a=blob;f=LICENSE;hb=42b0383c50c299977b5893ee695cf4e486fb0dc7
OLDAP-1.3		Open LDAP Public License v1.3	openldap.org/devel/gitweb.cgi?p=openldap.git;a=blob;f=LICENSE;hb=e5f8117f0ce088d0bd7a8e18ddf37eaa40eb09b1
OLDAP-1.4		Open LDAP Public License v1.4	openldap.org/devel/gitweb.cgi?p=openldap.git;a=blob;f=LICENSE;hb=c9f95c2f3f2ffb5e0ae55fe7388af75547660941
OLDAP-2.0		Open LDAP Public License v2.0 (or possibly 2.0A and 2.0B)	openldap.org/devel/gitweb.cgi?p=openldap.git;a=blob;f=LICENSE;hb=cbf50f4e1185a21abd4c0a54d3f4341fe28f36ea
OLDAP-2.0.1		Open LDAP Public License v2.0.1	openldap.org/devel/gitweb.cgi?p=openldap.git;a=blob;f=LICENSE;hb=b6d68acd14e51ca3aab4428bf26522aa74873f0e
OLDAP-2.1		Open LDAP Public License v2.1	openldap.org/devel/gitweb.cgi?p=openldap.git;a=blob;f=LICENSE;hb=b0d176738e96a0d3b9f85cb51e140a86f21be715
OLDAP-2.2		Open LDAP Public License v2.2	openldap.org/devel/gitweb.cgi?p=openldap.git;a=blob;f=LICENSE;hb=470b0c18ec67621c85881b2733057fecf4a1acc3
OLDAP-2.2.1		Open LDAP Public License v2.2.1	openldap.org/devel/gitweb.cgi?p=openldap.git;a=blob;f=LICENSE;hb=4bc786f34b50aa301be6f5600f58a980070f481e
OLDAP-2.2.2		Open LDAP Public License 2.2.2	openldap.org/devel/gitweb.cgi?p=openldap.git;a=blob;f=LICENSE;hb=df2cc1e21eb7c160695f5b7cffd6296c151ba188
OLDAP-2.3		Open LDAP Public License v2.3	openldap.org/devel/gitweb.cgi?p=openldap.git;a=blob;f=LICENSE;hb=d32cf54a32d581ab475d23c810b0a7fbaf8d63c3
OLDAP-2.4		Open LDAP Public License v2.4	openldap.org/devel/gitweb.cgi?p=openldap.git;a=blob;f=LICENSE;hb=cd1284c4a91a8a380d904eee68d1583f989ed386
OLDAP-2.5		Open LDAP Public License v2.5	openldap.org/devel/gitweb.cgi?p=openldap.git;a=blob;f=LICENSE;hb=6852b9d90022e8593c98205413380536b1b5a7cf
OLDAP-2.6		Open LDAP Public License v2.6	openldap.org/devel/gitweb.cgi?p=openldap.git;a=blob;f=LICENSE;hb=1cae062821881f41b73012ba816434897abf4205
OLDAP-2.7		Open LDAP Public License v2.7	openldap.org/devel/gitweb.cgi?p=openldap.git;a=blob;f=LICENSE;hb=47c2415c1df81556eeb39be6cad458ef87c534a2
OLDAP-2.8		Open LDAP Public License v2.8	openldap.org/software/release/license.html
OLFL-1.3		Open Logistics Foundation License Version 1.3	openlogisticsfoundation.org/licenses
OML		Open Market License	fedoraproject.org/wiki/Licensing/Open_Market_License
OPL-1.0		Open Public License v1.0	old.koalateam.com/jackaroo/OPL_1_0.TXT
OPL-UK-3.0		United Kingdom Open Parliament Licence v3.0	parliament.uk/site-information/copyright-parliament/open-parliament-licence
OPUBL-1.0		Open Publication License v1.0	opencontent.org/openpub
OSC-1.0		OSC License 1.0	opensource.org/license/osc-license-1-0
OSET-PL-2.1		OSET Public License version 2.1	osetfoundation.org/public-license
OSL-1.0		Open Software License 1.0	opensource.org/licenses/OSL-1.0
OSL-1.1		Open Software License 1.1	fedoraproject.org/wiki/Licensing/OSL1.1
OSL-2.0		Open Software License 2.0	web.archive.org/web/20041020171434/http://www.rosenlaw.com/osl2.0.html
OSL-2.1		Open Software License 2.1	web.archive.org/web/20050212003940/http://www.rosenlaw.com/osl21.htm
OSL-3.0		Open Software License 3.0	web.archive.org/web/20120101081418/http://rosenlaw.com:80/OSL3.0.htm
OSSP		OSSP License	git.sr.ht/~nabijaczleweli/ossp-var
OpenMDW-1.0		OpenMDW License Agreement v1.0	raw.githubusercontent.com/OpenMDW/OpenMDW/refs/heads/main/1.0/LICENSE.openmdw
OpenPBS-2.3		OpenPBS v2.3 Software License	github.com/adaptivecomputing/torque/blob/master/PBS_License.txt
OpenSSL		OpenSSL License	openssl.org/source/license.html
OpenSSL-standalone		OpenSSL License - standalone	library.netapp.com/ecm/ecm_download_file/ECMP1196395
OpenVision		OpenVision License	github.com/krb5/krb5/blob/krb5-1.21.2-final/NOTICE#L66-L98
PADL		PADL License	git.openldap.org/openldap/openldap/-/blob/master/libraries/libldap/os-local.c?ref_type=heads#L19-23
PDDL-1.0		Open Data Commons Public Domain Dedication & License 1.0	opendatacommons.org/licenses/pddl/1.0
PHP-3.0		PHP License v3.0	php.net/license/3_0.txt
PHP-3.01		PHP License v3.01	php.net/license/3_01.txt
PPL		Peer Production License	wiki.p2pfoundation.net/Peer_Production_License
PSF-2.0		Python Software Foundation License 2.0
ParaType-Free-Font-1.3		ParaType Free Font Licensing Agreement v1.3	web.archive.org/web/20161209023955/http://www.paratype.ru/public/pt_openlicense_eng.asp
Parity-6.0.0		The Parity Public License 6.0.0	paritylicense.com/versions/6.0.0.html
Parity-7.0.0		The Parity Public License 7.0.0	paritylicense.com/versions/7.0.0.html
Pixar		Pixar License	github.com/PixarAnimationStudios/OpenSubdiv/raw/v3_5_0/LICENSE.txt
Plexus		Plexus Classworlds License	fedoraproject.org/wiki/Licensing/Plexus_Classworlds_License
PolyForm-Noncommercial-1.0.0		PolyForm Noncommercial License 1.0.0	polyformproject.org/licenses/noncommercial/1.0.0
PolyForm-Small-Business-1.0.0		PolyForm Small Business License 1.0.0	polyformproject.org/licenses/small-business/1.0.0
PostgreSQL		PostgreSQL License	postgresql.org/about/licence
Python-2.0		Python License 2.0
Python-2.0.1		Python License 2.0.1	python.org/download/releases/2.0.1/license
QPL-1.0		Q Public License 1.0	doc.qt.nokia.com/3.3/license.html
QPL-1.0-INRIA-2004		Q Public License 1.0 - INRIA 2004 variant	github.com/maranget/hevea/blob/master/LICENSE
Qhull		Qhull License	fedoraproject.org/wiki/Licensing/Qhull
RHeCos-1.1		Red Hat eCos Public License v1.1	ecos.sourceware.org/old-license.html
RPL-1.1		Reciprocal Public License 1.1	opensource.org/licenses/RPL-1.1
RPL-1.5		Reciprocal Public License 1.5	opensource.org/licenses/RPL-1.5
RPSL-1.0		RealNetworks Public Source License v1.0	helixcommunity.org/content/rpsl
RSA-MD		RSA Message-Digest License	faqs.org/rfcs/rfc1321.html
RSCPL		Ricoh Source Code Public License	wayback.archive.org/web/20060715140826/http://www.risource.org/RPL/RPL-1.0A.shtml
Rdisc		Rdisc License	fedoraproject.org/wiki/Licensing/Rdisc_License
Ruby		Ruby License	ruby-lang.org/en/about/license.txt
Ruby-pty		Ruby pty extension license	github.com/ruby/ruby/blob/9f6deaa6888a423720b4b127b5314f0ad26cc2e6/ext/pty/pty.c#L775-L786
SAX-PD		Sax Public Domain Notice
SAX-PD-2.0		Sax Public Domain Notice 2.0
SCEA		SCEA Shared Source License	research.scea.com/scea_shared_source_license.html
SGI-B-1.0		SGI Free Software License B v1.0	oss.sgi.com/projects/FreeB/SGIFreeSWLicB.1.0.html
SGI-B-1.1		SGI Free Software License B v1.1	oss.sgi.com/projects/FreeB
SGI-B-2.0		SGI Free Software License B v2.0	oss.sgi.com/projects/FreeB/SGIFreeSWLicB.2.0.pdf
SGI-OpenGL		SGI OpenGL License	gitlab.freedesktop.org/mesa/glw/-/blob/master/README?ref_type=heads
SGMLUG-PM		SGMLUG Parser Materials License	gitweb.gentoo.org/repo/gentoo.git/tree/licenses/SGMLUG?id=7d999af4a47bf55e53e54713d98d145f935935c1
SGP4		SGP4 Permission Notice	celestrak.org/publications/AIAA/2006-6753/faq.php
SHL-0.5		Solderpad Hardware License v0.5	solderpad.org/licenses/SHL-0.5
SHL-0.51		Solderpad Hardware License, Version 0.51	solderpad.org/licenses/SHL-0.51
SISSL		Sun Industry Standards Source License v1.1	openoffice.org/licenses/sissl_license.html
SISSL-1.2		Sun Industry Standards Source License v1.2	gridscheduler.sourceforge.net/Gridengine_SISSL_license.html
SL		SL License	github.com/mtoyoda/sl/blob/master/LICENSE
SMAIL-GPL		SMAIL General Public License	sources.debian.org/copyright/license/debianutils/4.11.2
SMLNJ		Standard ML of New Jersey License	smlnj.org/license.html
SMPPL		Secure Messaging Protocol Public License	github.com/dcblake/SMP/blob/master/Documentation/License.txt
SNIA		SNIA Public License 1.1	fedoraproject.org/wiki/Licensing/SNIA_Public_License
SOFA		SOFA Software License	iausofa.org/tandc.html
SPL-1.0		Sun Public License v1.0	opensource.org/licenses/SPL-1.0
SSH-OpenSSH		SSH OpenSSH license	github.com/openssh/openssh-portable/blob/1b11ea7c58cd5c59838b5fa574cd456d6047b2d4/LICENCE#L10
SSH-short		SSH short notice	github.com/openssh/openssh-portable/blob/1b11ea7c58cd5c59838b5fa574cd456d6047b2d4/pathnames.h
SSLeay-standalone		SSLeay License - standalone	tq-group.com/filedownloads/files/software-license-conditions/OriginalSSLeay/OriginalSSLeay.pdf
SSPL-1.0		Server Side Public License, v 1	mongodb.com/licensing/server-side-public-license
SUL-1.0		Sustainable Use License v1.0	github.com/n8n-io/n8n/blob/master/LICENSE.md
SWL		Scheme Widget Library (SWL) Software License Agreement	fedoraproject.org/wiki/Licensing/SWL
Saxpath		Saxpath License	fedoraproject.org/wiki/Licensing/Saxpath_License
SchemeReport		Scheme Language Report License
Sendmail		Sendmail License	sendmail.com/pdfs/open_source/sendmail_license.pdf
Sendmail-8.23		Sendmail License 8.23	proofpoint.com/sites/default/files/sendmail-license.pdf
Sendmail-Open-Source-1.1		Sendmail Open Source License v1.1	github.com/trusteddomainproject/OpenDMARC/blob/master/LICENSE.Sendmail
SimPL-2.0		Simple Public License 2.0	opensource.org/licenses/SimPL-2.0
Sleepycat		Sleepycat License	opensource.org/licenses/Sleepycat
Soundex		Soundex License	metacpan.org/release/RJBS/Text-Soundex-3.05/source/Soundex.pm#L3-11
Spencer-86		Spencer License 86
Spencer-94		Spencer License 94
Spencer-99		Spencer License 99	opensource.apple.com/source/tcl/tcl-5/tcl/generic/regfronts.c
StandardML-NJ	-	Standard ML of New Jersey License
SugarCRM-1.1.3		SugarCRM Public License v1.1.3	sugarcrm.com/crm/SPL
Sun-PPP		Sun PPP License	github.com/ppp-project/ppp/blob/master/pppd/eap.c#L7-L16
Sun-PPP-2000		Sun PPP License (2000)	github.com/ppp-project/ppp/blob/master/modules/ppp_ahdlc.c#L7-L19
SunPro		SunPro License	github.com/freebsd/freebsd-src/blob/main/lib/msun/src/e_acosh.c
Symlinks		Symlinks License	mail-archive.com/debian-bugs-rc@lists.debian.org/msg11494.html
TAPR-OHL-1.0		TAPR Open Hardware License v1.0	tapr.org/OHL
TCL		TCL/TK License	tcl.tk/software/tcltk/license.html
TCP-wrappers		TCP Wrappers License	rc.quest.com/topics/openssh/license.php#tcpwrappers
TGPPL-1.0		Transitive Grace Period Public Licence 1.0	fedoraproject.org/wiki/Licensing/TGPPL
TMate		TMate Open Source License	svnkit.com/license.html
TORQUE-1.1		TORQUE v2.5+ Software License v1.1	fedoraproject.org/wiki/Licensing/TORQUEv1.1
TOSL		Trusster Open Source License	fedoraproject.org/wiki/Licensing/TOSL
TPDL		Time::ParseDate License	metacpan.org/pod/Time::ParseDate#LICENSE
TPL-1.0		THOR Public License 1.0	fedoraproject.org/wiki/Licensing:ThorPublicLicense
TTWL		Text-Tabs+Wrap License	fedoraproject.org/wiki/Licensing/TTWL
TTYP0		TTYP0 License	people.mpi-inf.mpg.de/~uwe/misc/uw-ttyp0
TU-Berlin-1.0		Technische Universitaet Berlin License 1.0	github.com/swh/ladspa/blob/7bf6f3799fdba70fda297c2d8fd9f526803d9680/gsm/COPYRIGHT
TU-Berlin-2.0		Technische Universitaet Berlin License 2.0	github.com/CorsixTH/deps/blob/fd339a9f526d1d9c9f01ccf39e438a015da50035/licences/libgsm.txt
TekHVC		TekHVC License	gitlab.freedesktop.org/xorg/lib/libx11/-/blob/master/COPYING?ref_type=heads#L138-171
TermReadKey		TermReadKey License	github.com/jonathanstowe/TermReadKey/blob/master/README#L9-L10
ThirdEye		ThirdEye License	sourceware.org/cgit/binutils-gdb/tree/include/coff/symconst.h#n11
TrustedQSL		TrustedQSL License	sourceforge.net/p/trustedqsl/tqsl/ci/master/tree/LICENSE.txt
UCAR		UCAR License	github.com/Unidata/UDUNITS-2/blob/master/COPYRIGHT
UCL-1.0		Upstream Compatibility License v1.0	opensource.org/licenses/UCL-1.0
UMich-Merit		Michigan/Merit Networks License	github.com/radcli/radcli/blob/master/COPYRIGHT#L64
UPL-1.0		Universal Permissive License v1.0	opensource.org/licenses/UPL
URT-RLE		Utah Raster Toolkit Run Length Encoded License	sourceforge.net/p/netpbm/code/HEAD/tree/super_stable/converter/other/pnmtorle.c
Ubuntu-font-1.0		Ubuntu Font Licence v1.0	ubuntu.com/legal/font-licence
UnRAR		UnRAR License	public.dhe.ibm.com/aix/freeSoftware/aixtoolbox/LICENSES/unRAR.txt
Unicode-3.0		Unicode License v3
Unicode-DFS-2015		Unicode License Agreement - Data Files and Software (2015)	web.archive.org/web/20151224134844/http://unicode.org/copyright.html
Unicode-DFS-2016		Unicode License Agreement - Data Files and Software (2016)
Unicode-TOU		Unicode Terms of Use	web.archive.org/web/20140704074106/http://www.unicode.org/copyright.html
UnixCrypt		UnixCrypt License	foss.heptapod.net/python-libs/passlib/-/blob/branch/stable/LICENSE#L70
Unlicense		The Unlicense	unlicense.org
Unlicense-libtelnet		Unlicense - libtelnet variant	github.com/seanmiddleditch/libtelnet/blob/develop/COPYING
Unlicense-libwhirlpool		Unlicense - libwhirlpool variant	github.com/dfateyev/libwhirlpool/blob/master/README#L27
VOSTROM		VOSTROM Public License for Open Source	fedoraproject.org/wiki/Licensing/VOSTROM
VSL-1.0		Vovida Software License v1.0	opensource.org/licenses/VSL-1.0
Vim		Vim License	vimdoc.sourceforge.net/htmldoc/uganda.html
Vixie-Cron		Vixie Cron License	github.com/vixie/cron/tree/545b3f5246824a9cda5905eeb7cf019c95e66995
W3C		W3C Software Notice and License (2002-12-31)	w3.org/Consortium/Legal/2002/copyright-software-20021231.html
W3C-19980720		W3C Software Notice and License (1998-07-20)	w3.org/Consortium/Legal/copyright-software-19980720.html
W3C-20150513		W3C Software Notice and Document License (2015-05-13)	w3.org/Consortium/Legal/2015/copyright-software-and-document
WTFNMFPL		Do What The F*ck You Want To But It's Not My Fault Public License	github.com/adversary-org/wtfnmf/raw/refs/tags/1.0/COPYING.WTFNMFPL
WTFPL		Do What The F*ck You Want To Public License	wtfpl.net/about
Watcom-1.0		Sybase Open Watcom Public License 1.0	opensource.org/licenses/Watcom-1.0
Widget-Workshop		Widget Workshop License	github.com/novnc/noVNC/blob/master/core/crypto/des.js#L24
WordNet		WordNet License	wordnet.princeton.edu/license-and-commercial-use
Wsuipa		Wsuipa License	fedoraproject.org/wiki/Licensing/Wsuipa
X11		X11 License	xfree86.org/3.3.6/COPYRIGHT2.html#3
X11-distribute-modifications-variant		X11 License Distribution Modification Variant	github.com/mirror/ncurses/blob/master/COPYING
X11-no-permit-persons		X11 no permit persons clause	gitlab.freedesktop.org/xorg/lib/libxinerama/-/blob/cc22c2f60c3862482562955116d5455263b443dc/COPYING#L44-66
X11-swapped		X11 swapped final paragraphs	github.com/fedeinthemix/chez-srfi/blob/master/srfi/LICENSE
XFree86-1.1		XFree86 License 1.1	xfree86.org/current/LICENSE4.html
XSkat		XSkat License	fedoraproject.org/wiki/Licensing/XSkat_License
Xdebug-1.03		Xdebug License v 1.03	github.com/xdebug/xdebug/blob/master/LICENSE
Xerox		Xerox License	fedoraproject.org/wiki/Licensing/Xerox
Xfig		Xfig License	github.com/Distrotech/transfig/blob/master/transfig/transfig.c
Xnet		X.Net License	opensource.org/licenses/Xnet
YPL-1.0		Yahoo! Public License v1.0	zimbra.com/license/yahoo_public_license_1.0.html
YPL-1.1		Yahoo! Public License v1.1	zimbra.com/license/yahoo_public_license_1.1.html
ZPL-1.1		Zope Public License 1.1	old.zope.org/Resources/License/ZPL-1.1
ZPL-2.0		Zope Public License 2.0	old.zope.org/Resources/License/ZPL-2.0
ZPL-2.1		Zope Public License 2.1	old.zope.org/Resources/ZPL
Zed		Zed License	fedoraproject.org/wiki/Licensing/Zed
Zeeff		Zeeff License	ftp://ftp.tin.org/pub/news/utils/newsx/newsx-1.6.tar.gz
Zend-2.0		Zend License v2.0	web.archive.org/web/20130517195954/http://www.zend.com/license/2_00.txt
Zimbra-1.3		Zimbra Public License v1.3	web.archive.org/web/20100302225219/http://www.zimbra.com/license/zimbra-public-license-1-3.html
Zimbra-1.4		Zimbra Public License v1.4	zimbra.com/legal/zimbra-public-license-1-4
Zlib		zlib License	zlib.net/zlib_license.html
any-OSI		Any OSI License	metacpan.org/pod/Exporter::Tidy#LICENSE
any-OSI-perl-modules		Any OSI License - Perl Modules	metacpan.org/release/JUERD/Exporter-Tidy-0.09/view/Tidy.pm#LICENSE
atc-game
bcrypt-Solar-Designer		bcrypt Solar Designer License	github.com/bcrypt-ruby/bcrypt-ruby/blob/master/ext/mri/crypt_blowfish.c
blessing		SQLite Blessing	sqlite.org/src/artifact/e33a4df7e32d742a?ln=4-9
bzip2-1.0.5	-	bzip2 and libbzip2 License v1.0.5
bzip2-1.0.6		bzip2 and libbzip2 License v1.0.6	sourceware.org/git/?p=bzip2.git;a=blob;f=LICENSE;hb=bzip2-1.0.6
check-cvs		check-cvs License	cvs.savannah.gnu.org/viewvc/cvs/ccvs/contrib/check_cvs.in?revision=1.1.4.3&view=markup&pathrev=cvs1-11-23#l2
checkmk		Checkmk License	github.com/libcheck/check/blob/master/checkmk/checkmk.in
copyleft-next-0.3.0		copyleft-next 0.3.0	github.com/copyleft-next/copyleft-next/blob/master/Releases/copyleft-next-0.3.0
copyleft-next-0.3.1		copyleft-next 0.3.1	github.com/copyleft-next/copyleft-next/blob/master/Releases/copyleft-next-0.3.1
curl		curl License	github.com/bagder/curl/blob/master/COPYING
cve-tou		Common Vulnerability Enumeration ToU License	cve.org/Legal/TermsOfUse
diffmark		diffmark license	fedoraproject.org/wiki/Licensing/diffmark
dtoa		David M. Gay dtoa License	github.com/SWI-Prolog/swipl-devel/blob/master/src/os/dtoa.c
dvipdfm		dvipdfm License	fedoraproject.org/wiki/Licensing/dvipdfm
eCos-2.0	-	eCos license version 2.0
eGenix		eGenix.com Public License 1.1.0	egenix.com/products/eGenix.com-Public-License-1.1.0.pdf
etalab-2.0		Etalab Open License 2.0	github.com/DISIC/politique-de-contribution-open-source/blob/master/LICENSE.pdf
fwlw		fwlw License	mirrors.nic.cz/tex-archive/macros/latex/contrib/fwlw/README
gSOAP-1.3b		gSOAP Public License v1.3b	cs.fsu.edu/~engelen/license.html
generic-xts		Generic XTS License	github.com/mhogomchungu/zuluCrypt/blob/master/external_libraries/tcplay/generic_xts.c
gnuplot		gnuplot License	fedoraproject.org/wiki/Licensing/Gnuplot
gtkbook		gtkbook License	github.com/slogan621/gtkbook
hdparm		hdparm License	github.com/Distrotech/hdparm/blob/4517550db29a91420fb2b020349523b1b4512df2/LICENSE.TXT
hyphen-bulgarian		hyphen-bulgarian License	ctan.math.illinois.edu/systems/texlive/tlnet/archive/hyphen-bulgarian.tar.xz
iMatix		iMatix Standard Function Library Agreement	legacy.imatix.com/html/sfl/sfl4.htm#license
jove		Jove License	github.com/jonmacs/jove/blob/4_17/LICENSE
libpng-1.6.35		PNG Reference Library License v1 (for libpng 0.5 through 1.6.35)
libpng-2.0		PNG Reference Library version 2
libselinux-1.0		libselinux public domain notice	github.com/SELinuxProject/selinux/blob/master/libselinux/LICENSE
libtiff		libtiff License	fedoraproject.org/wiki/Licensing/libtiff
libutil-David-Nugent		libutil David Nugent License	web.mit.edu/freebsd/head/lib/libutil/login_ok.3
lsof		lsof License	github.com/lsof-org/lsof/blob/master/COPYING
magaz		magaz License	mirrors.nic.cz/tex-archive/macros/latex/contrib/magaz/magaz.tex
mailprio		mailprio License	fossies.org/linux/sendmail/contrib/mailprio
man2html		man2html License	primates.ximian.com/~flucifredi/man/man-1.6g.tar.gz
metamail		metamail License	github.com/Dual-Life/mime-base64/blob/master/Base64.xs#L12
mpi-permissive		mpi Permissive License	sources.debian.org/src/openmpi/4.1.0-10/ompi/debuggers/msgq_interface.h/?hl=19#L19
mpich2		mpich2 License	fedoraproject.org/wiki/Licensing/MIT
mplus		mplus Font License	fedoraproject.org/wiki/Licensing:Mplus?rd=Licensing/mplus
ngrep		ngrep License	github.com/jpr5/ngrep/blob/master/LICENSE
pkgconf		pkgconf License	github.com/pkgconf/pkgconf/blob/master/cli/main.c#L8
pnmstitch		pnmstitch License	sourceforge.net/p/netpbm/code/HEAD/tree/super_stable/editor/pnmstitch.c#l2
psfrag		psfrag License	fedoraproject.org/wiki/Licensing/psfrag
psutils		psutils License	fedoraproject.org/wiki/Licensing/psutils
python-ldap		Python ldap License	github.com/python-ldap/python-ldap/blob/main/LICENCE
radvd		radvd License	github.com/radvd-project/radvd/blob/master/COPYRIGHT
snprintf		snprintf License	github.com/openssh/openssh-portable/blob/master/openbsd-compat/bsd-snprintf.c#L2
softSurfer		softSurfer License	github.com/mm2/Little-CMS/blob/master/src/cmssm.c#L207
ssh-keyscan		ssh-keyscan License	github.com/openssh/openssh-portable/blob/master/LICENCE#L82
swrule		swrule License	ctan.math.utah.edu/ctan/tex-archive/macros/generic/misc/swrule.sty
threeparttable		threeparttable License	fedoraproject.org/wiki/Licensing/Threeparttable
ulem		ulem License	mirrors.ctan.org/macros/latex/contrib/ulem/README
w3m		w3m License	github.com/tats/w3m/blob/master/COPYING
wwl		WWL License	db.net/downloads/wwl+db-1.3.tgz
wxWindows	-	wxWindows Library License
xinetd		xinetd License	fedoraproject.org/wiki/Licensing/Xinetd_License
xkeyboard-config-Zinoviev		xkeyboard-config Zinoviev License	gitlab.freedesktop.org/xkeyboard-config/xkeyboard-config/-/blob/master/COPYING?ref_type=heads#L178
xlock		xlock License	fossies.org/linux/tiff/contrib/ras/ras2tif.c
xpp		XPP License	fedoraproject.org/wiki/Licensing/xpp
xzoom		xzoom License	metadata.ftp-master.debian.org/changelogs//main/x/xzoom/xzoom_0.3-27_copyright
zlib-acknowledgement		zlib/libpng License with Acknowledgement	fedoraproject.org/wiki/Licensing/ZlibWithAcknowledgement
`;

export const spdxExceptions = `
389-exception
Asterisk-exception
Asterisk-linking-protocols-exception
Autoconf-exception-2.0
Autoconf-exception-3.0
Autoconf-exception-generic
Autoconf-exception-generic-3.0
Autoconf-exception-macro
Bison-exception-1.24
Bison-exception-2.2
Bootloader-exception
CGAL-linking-exception
CLISP-exception-2.0
Classpath-exception-2.0
Classpath-exception-2.0-short
DigiRule-FOSS-exception
Digia-Qt-LGPL-exception-1.1
FLTK-exception
Fawkes-Runtime-exception
Font-exception-2.0
GCC-exception-2.0
GCC-exception-2.0-note
GCC-exception-3.1
GNAT-exception
GNOME-examples-exception
GNU-compiler-exception
GPL-3.0-389-ds-base-exception
GPL-3.0-interface-exception
GPL-3.0-linking-exception
GPL-3.0-linking-source-exception
GPL-CC-1.0
GStreamer-exception-2005
GStreamer-exception-2008
Gmsh-exception
Google-Patent-WebM
Independent-modules-exception
KiCad-libraries-exception
LGPL-3.0-linking-exception
LLGPL
LLVM-exception
LZMA-exception
Libtool-exception
Linux-syscall-note
MPL-2.0-no-copyleft-exception
Nokia-Qt-exception-1.1
OCCT-exception-1.0
OCaml-LGPL-linking-exception
OpenJDK-assembly-exception-1.0
PCRE2-exception
PS-or-PDF-font-exception-20170817
QPL-1.0-INRIA-2004-exception
Qt-GPL-exception-1.0
Qt-LGPL-exception-1.1
Qwt-exception-1.0
RRDtool-FLOSS-exception-2.0
SANE-exception
SHL-2.0
SHL-2.1
SWI-exception
Simple-Library-Usage-exception
Spelling-Provider-LGPL-exception
Swift-exception
Texinfo-exception
UBDL-exception
Universal-FOSS-exception-1.0
WxWindows-exception-3.1
cryptsetup-OpenSSL-exception
eCos-exception-2.0
erlang-otp-linking-exception
fmt-exception
freertos-exception-2.0
gnu-javamail-exception
harbour-exception
i2p-gpl-java-exception
kvirc-openssl-exception
libpri-OpenH323-exception
mif-exception
mxml-exception
openvpn-openssl-exception
polyparse-exception
romic-exception
rsync-linking-exception
sqlitestudio-OpenSSL-exception
stunnel-exception
u-boot-exception-2.0
vsftpd-openssl-exception
x11vnc-openssl-exception
`;

;; The loops of the secrets engine that look at every byte: runs of base64, escapes, anchors by groups of three characters.
;; They say where to look; what stands there is judged in TypeScript. prefilter.ts fills the tables, which begin at:
;;       0  bytes to lower case (256)
;;     256  bytes of words: 1, and of hexadecimal digits: 2 (256)
;;     512  what follows the sign of an escape: 1 behind %, 2 behind \, 4 behind & (256)
;;     768  base64 by the lower four bits of a byte (16) and by the upper four (16)
;;    1024  first bytes of rare anchors: 1 if all of them open a token, 2 if not (256)
;;    1280  what bytes are beside a name: the classes of may-assign.ts (256)
;;    1536  what bytes are in a name: 1 of words, 2 marks of a path, 4 quotes, 8 blanks, 16 what ends the user of an address, 32 what
;;          may stand before a quote (256)
;;    2048  pairs of bytes that begin a rare anchor, one bit each (8,192)
;;   10240  what follows a group: one bit of the upper six for each class of bytes (256)
;;   10496  how words end that may say that a name holds a secret: a mask and letters of eight bytes each, then zeros (name-table.ts)
;;   10752  16 bytes of ones and 16 of zeros
;;   12288  places that are to be confirmed (4,096)
;;   16384  by the hash of three characters in a row: the kinds of anchors that have this group, one bit each, and in the upper six
;;          bits the classes of what follows it in them (65,536)
;;  524288  words of names by their hashes: 15 letters and what the word says, as name-table.ts has it (16,384)
;; The text lies in front of bytes that are no characters: up to 64 behind its end are read.
(module
  (memory (export "memory") 20)
  ;; How far around the anchor that is being looked at anything is read, and whether more would have to be.
  (global $first (mut i32) (i32.const 0))
  (global $last (mut i32) (i32.const 0))
  (global $isFar (mut i32) (i32.const 0))

  ;; Runs of at least 15 characters of base64 in [from, to), as pairs of start and end less `shift`, and what the edges cut,
  ;; however short. In 16 bytes only the first gap can end such a run, and only behind the last one another can begin.
  (func $findRuns (export "findRuns") (param $from i32) (param $to i32) (param $shift i32) (param $out i32) (result i32)
    (local $at i32) (local $start i32) (local $gaps i32) (local $end i32)
    (local $bytes v128) (local $lower v128) (local $upper v128)
    (local.set $lower (v128.load offset=768 (i32.const 0)))
    (local.set $upper (v128.load offset=784 (i32.const 0)))
    (local.set $start (local.get $from))
    (local.set $at (local.get $from))
    (block $done (loop $next
      (br_if $done (i32.ge_u (local.get $at) (local.get $to)))
      (local.set $bytes (v128.load (local.get $at)))
      ;; A bit for each byte that is none of base64.
      (local.set $gaps (i8x16.bitmask (i8x16.eq
        (v128.and
          (i8x16.swizzle (local.get $lower) (v128.and (local.get $bytes) (i8x16.splat (i32.const 15))))
          (i8x16.swizzle (local.get $upper) (i8x16.shr_u (local.get $bytes) (i32.const 4))))
        (i8x16.splat (i32.const 0)))))
      ;; Of the last bytes only those before the end.
      (if (i32.lt_u (i32.sub (local.get $to) (local.get $at)) (i32.const 16))
        (then (local.set $gaps (i32.and (local.get $gaps)
          (i32.sub (i32.shl (i32.const 1) (i32.sub (local.get $to) (local.get $at))) (i32.const 1))))))
      (if (local.get $gaps)
        (then
          (local.set $end (i32.add (local.get $at) (i32.ctz (local.get $gaps))))
          (if (i32.or
                (i32.ge_u (i32.sub (local.get $end) (local.get $start)) (i32.const 15))
                (i32.eq (local.get $start) (local.get $from)))
            (then
              (i32.store (local.get $out) (i32.sub (local.get $start) (local.get $shift)))
              (i32.store offset=4 (local.get $out) (i32.sub (local.get $end) (local.get $shift)))
              (local.set $out (i32.add (local.get $out) (i32.const 8)))))
          (local.set $start (i32.add (local.get $at) (i32.sub (i32.const 32) (i32.clz (local.get $gaps)))))))
      (local.set $at (i32.add (local.get $at) (i32.const 16)))
      (br $next)))
    (if (i32.lt_u (local.get $start) (local.get $to))
      (then
        (i32.store (local.get $out) (i32.sub (local.get $start) (local.get $shift)))
        (i32.store offset=4 (local.get $out) (i32.sub (local.get $to) (local.get $shift)))
        (local.set $out (i32.add (local.get $out) (i32.const 8)))))
    (local.get $out))

  ;; Where %, \ and & stand in [from, to) with what may belong to an escape behind them.
  (func $findEscapes (export "findEscapes") (param $from i32) (param $to i32) (param $out i32) (result i32)
    (local $at i32) (local $signs i32) (local $place i32) (local $sign i32) (local $bytes v128)
    (local.set $at (local.get $from))
    (block $done (loop $next
      (br_if $done (i32.ge_u (local.get $at) (local.get $to)))
      (local.set $bytes (v128.load (local.get $at)))
      (local.set $signs (i8x16.bitmask (v128.or (v128.or
        (i8x16.eq (local.get $bytes) (i8x16.splat (i32.const 37)))
        (i8x16.eq (local.get $bytes) (i8x16.splat (i32.const 92))))
        (i8x16.eq (local.get $bytes) (i8x16.splat (i32.const 38))))))
      (block $none (loop $each
        (br_if $none (i32.eqz (local.get $signs)))
        (local.set $place (i32.add (local.get $at) (i32.ctz (local.get $signs))))
        (local.set $signs (i32.and (local.get $signs) (i32.sub (local.get $signs) (i32.const 1))))
        (br_if $none (i32.ge_u (local.get $place) (local.get $to)))
        (local.set $sign (i32.load8_u (local.get $place)))
        ;; 1 for %, 2 for \, 4 for &.
        (br_if $each (i32.eqz (i32.and
          (i32.load8_u offset=512 (i32.load8_u offset=1 (local.get $place)))
          (select
            (i32.const 2)
            (select (i32.const 1) (i32.const 4) (i32.eq (local.get $sign) (i32.const 37)))
            (i32.eq (local.get $sign) (i32.const 92))))))
        (i32.store (local.get $out) (local.get $place))
        (local.set $out (i32.add (local.get $out) (i32.const 4)))
        (br $each)))
      (local.set $at (i32.add (local.get $at) (i32.const 16)))
      (br $next)))
    (local.get $out))

  ;; Anchors of a kind that end in (least, to], in no order: the upper 20 bits are the place of the end, the lower 12 the
  ;; anchor's number. Notes where their groups stand from `from` on, a kilobyte at a time, confirms those places, and stops where
  ;; `out` reaches `full`: from where to go on is stored at 896. `bit` is that of the kind in the table of hashes, `heads` where its
  ;; first entries are, by the upper bits of the hash. An entry: the group and what follows it (4 bytes), the next entry (4), the anchor's number (4), which bits of the
  ;; first four bytes count (4), where the group stands in it, and in the two upper bits what must stand around it (1), how long
  ;; it is (1), and its text.
  (func $findAnchors (export "findAnchors")
    (param $bit i32) (param $heads i32) (param $from i32) (param $least i32) (param $to i32) (param $base i32)
    (param $out i32) (param $full i32)
    (result i32)
    (local $at i32) (local $stop i32) (local $keys v128) (local $hashes v128) (local $noted i32) (local $place i32)
    (local.set $at (local.get $from))
    (block $done (loop $part
      (br_if $done (i32.ge_u (local.get $at) (local.get $to)))
      (local.set $stop (i32.add (local.get $at) (i32.const 1024)))
      (local.set $stop (select (local.get $stop) (local.get $to) (i32.lt_u (local.get $stop) (local.get $to))))
      (local.set $noted (i32.const 12288))
      (loop $next
        ;; Four groups that begin at four bytes in a row, in lower case.
        (local.set $keys (v128.or
          (i8x16.swizzle (v128.load (local.get $at)) (v128.const i8x16 0 1 2 -1 1 2 3 -1 2 3 4 -1 3 4 5 -1))
          (i32x4.splat (i32.const 0x202020))))
        (local.set $hashes (i32x4.shr_u (i32x4.mul (local.get $keys) (i32x4.splat (i32.const 0x9e3779b1))) (i32.const 16)))
        (if (i32.and
              (i32.or
                (i32.or
                  (i32.load8_u offset=16384 (i32x4.extract_lane 0 (local.get $hashes)))
                  (i32.load8_u offset=16384 (i32x4.extract_lane 1 (local.get $hashes))))
                (i32.or
                  (i32.load8_u offset=16384 (i32x4.extract_lane 2 (local.get $hashes)))
                  (i32.load8_u offset=16384 (i32x4.extract_lane 3 (local.get $hashes)))))
              (local.get $bit))
          (then
            (local.set $noted (call $note
              (local.get $noted) (local.get $bit) (i32x4.extract_lane 0 (local.get $hashes)) (local.get $at)))
            (local.set $noted (call $note
              (local.get $noted) (local.get $bit) (i32x4.extract_lane 1 (local.get $hashes)) (i32.add (local.get $at) (i32.const 1))))
            (local.set $noted (call $note
              (local.get $noted) (local.get $bit) (i32x4.extract_lane 2 (local.get $hashes)) (i32.add (local.get $at) (i32.const 2))))
            (local.set $noted (call $note
              (local.get $noted) (local.get $bit) (i32x4.extract_lane 3 (local.get $hashes)) (i32.add (local.get $at) (i32.const 3))))))
        (local.set $at (i32.add (local.get $at) (i32.const 4)))
        (br_if $next (i32.lt_u (local.get $at) (local.get $stop))))
      (local.set $place (i32.const 12288))
      (block $confirmed (loop $each
        (br_if $confirmed (i32.ge_u (local.get $place) (local.get $noted)))
        (if (i32.ge_u (local.get $out) (local.get $full))
          (then
            (i32.store offset=896 (i32.const 0) (i32.load (local.get $place)))
            (return (local.get $out))))
        (local.set $out (call $confirm
          (local.get $heads) (i32.load (local.get $place)) (local.get $least) (local.get $to) (local.get $base) (local.get $out)))
        (local.set $place (i32.add (local.get $place) (i32.const 4)))
        (br $each)))
      (br $part)))
    (i32.store offset=896 (i32.const 0) (local.get $at))
    (local.get $out))

  ;; Notes the place if anchors of the kind have this group and what follows it. Without a branch: nobody can guess which of four
  ;; places it is. One that is not noted is written over by the next.
  (func $note (param $noted i32) (param $bit i32) (param $hash i32) (param $at i32) (result i32)
    (local $found i32)
    (local.set $found (i32.load8_u offset=16384 (local.get $hash)))
    (i32.store (local.get $noted) (local.get $at))
    (i32.add (local.get $noted) (i32.shl
      (i32.and
        (i32.ne (i32.and (local.get $found) (local.get $bit)) (i32.const 0))
        (i32.ne
          (i32.and (local.get $found) (i32.load8_u offset=10240 (i32.load8_u offset=3 (local.get $at))))
          (i32.const 0)))
      (i32.const 2))))

  ;; The anchors with the group at this place, and with what follows it.
  (func $confirm
    (param $heads i32) (param $at i32) (param $least i32) (param $to i32) (param $base i32) (param $out i32)
    (result i32)
    (local $key i32) (local $entry i32) (local $start i32) (local $length i32) (local $index i32)
    (local.set $key (i32.or (i32.load (local.get $at)) (i32.const 0x20202020)))
    (local.set $entry (i32.load (i32.add (local.get $heads) (i32.shl
      (i32.shr_u (i32.mul (i32.and (local.get $key) (i32.const 0xffffff)) (i32.const 0x9e3779b1)) (i32.const 20))
      (i32.const 2)))))
    (block $done (loop $next
      (br_if $done (i32.eqz (local.get $entry)))
      (block $differs
        (br_if $differs (i32.and
          (i32.xor (i32.load (local.get $entry)) (local.get $key))
          (i32.load offset=12 (local.get $entry))))
        (local.set $start (i32.sub (local.get $at) (i32.and (i32.load8_u offset=16 (local.get $entry)) (i32.const 63))))
        (local.set $length (i32.load8_u offset=17 (local.get $entry)))
        (br_if $differs (i32.lt_u (local.get $start) (local.get $base)))
        (br_if $differs (i32.le_u (i32.add (local.get $start) (local.get $length)) (local.get $least)))
        (br_if $differs (i32.gt_u (i32.add (local.get $start) (local.get $length)) (local.get $to)))
        (local.set $index (i32.const 0))
        (loop $each
          (br_if $differs (i32.ne
            (i32.load8_u (i32.load8_u (i32.add (local.get $start) (local.get $index))))
            (i32.load8_u offset=18 (i32.add (local.get $entry) (local.get $index)))))
          (local.set $index (i32.add (local.get $index) (i32.const 1)))
          (br_if $each (i32.lt_u (local.get $index) (local.get $length))))
        (br_if $differs (i32.eqz (call $mayStand
          (i32.shr_u (i32.load8_u offset=16 (local.get $entry)) (i32.const 6))
          (local.get $start)
          (i32.add (local.get $start) (local.get $length))
          (local.get $base))))
        (i32.store (local.get $out) (i32.or
          (i32.shl (i32.add (local.get $start) (local.get $length)) (i32.const 12))
          (i32.load offset=8 (local.get $entry))))
        (local.set $out (i32.add (local.get $out) (i32.const 4))))
      (local.set $entry (i32.load offset=4 (local.get $entry)))
      (br $next)))
    (local.get $out))

  ;; What must stand around an anchor: 0 anything, 1 what is assigned to the name that holds it, 2 the user of an address behind it,
  ;; 3 what is assigned to a name which may hold a secret.
  (func $mayStand (param $kind i32) (param $start i32) (param $end i32) (param $base i32) (result i32)
    (if (i32.eqz (local.get $kind)) (then (return (i32.const 1))))
    (if (i32.eq (local.get $kind) (i32.const 2)) (then (return (call $mayHaveUser (local.get $end)))))
    (global.set $first (i32.sub (local.get $start) (i32.const 64)))
    (global.set $last (i32.add (local.get $end) (i32.const 96)))
    (global.set $isFar (i32.const 0))
    (if (i32.and
          (i32.eqz (call $mayAssign (local.get $start) (local.get $end) (local.get $base)))
          (i32.eqz (global.get $isFar)))
      (then (return (i32.const 0))))
    (if (i32.eq (local.get $kind) (i32.const 1)) (then (return (i32.const 1))))
    (call $mayPromise
      (call $nameStart (local.get $start) (local.get $base))
      (call $nameEnd (local.get $end))))

  ;; False for a name that is none of a secret, as nameKind in name-words.ts tells it from its words; true where only that can tell.
  (func $mayPromise (param $start i32) (param $end i32) (result i32)
    (local $at i32) (local $first i32) (local $byte i32) (local $before i32) (local $word i32) (local $last i32)
    (local $promises i32) (local $isOfOthers i32)
    ;; What stands behind a dot may be part of the name.
    (if (i32.eq (i32.load8_u (local.get $end)) (i32.const 46)) (then (return (i32.const 1))))
    (local.set $at (local.get $start))
    (loop $next
      (local.set $byte (i32.const 0))
      (if (i32.lt_u (local.get $at) (local.get $end)) (then (local.set $byte (i32.load8_u (local.get $at)))))
      (if (i32.ge_u (local.get $byte) (i32.const 128)) (then (return (i32.const 1))))
      ;; A word ends before a sign, and before a capital behind a small letter or a digit, or between a capital and a small letter.
      (if (i32.and
            (i32.ne (local.get $first) (i32.const 0))
            (i32.or
              (i32.eqz (call $isOfWord (local.get $byte)))
              (i32.and
                (call $isCapital (local.get $byte))
                (i32.or
                  (i32.eqz (call $isCapital (local.get $before)))
                  (i32.and
                    (i32.lt_u (i32.add (local.get $at) (i32.const 1)) (local.get $end))
                    (call $isSmall (i32.load8_u offset=1 (local.get $at))))))))
        (then
          (local.set $last (local.get $word))
          (local.set $word (call $wordBits (local.get $first) (local.get $at)))
          (local.set $isOfOthers (i32.or (local.get $isOfOthers) (i32.and (local.get $word) (i32.const 2))))
          (local.set $promises (i32.add (local.get $promises) (i32.and
            (i32.shr_u (local.get $word) (i32.const 3)) (i32.const 1))))
          (local.set $first (i32.const 0))))
      (if (i32.and (i32.eqz (local.get $first)) (call $isOfWord (local.get $byte))) (then (local.set $first (local.get $at))))
      (local.set $before (local.get $byte))
      (local.set $at (i32.add (local.get $at) (i32.const 1)))
      (br_if $next (i32.le_u (local.get $at) (local.get $end))))
    (if (i32.and (local.get $word) (i32.const 32)) (then (return (i32.const 1))))
    (i32.eqz (i32.or
      (i32.or (i32.eqz (local.get $promises)) (local.get $isOfOthers))
      (i32.or
        (i32.and (local.get $word) (i32.const 1))
        ;; Nothing but a key, and of something whose keys are none.
        (i32.and
          (i32.and (i32.eq (local.get $promises) (i32.const 1)) (i32.shr_u (local.get $word) (i32.const 4)))
          (i32.shr_u (local.get $last) (i32.const 2)))))))

  ;; What a word says, with digits behind it or without.
  (func $wordBits (param $first i32) (param $end i32) (result i32)
    (local $stop i32) (local $told i32) (local $tail i64) (local $at i32) (local $mask i64)
    (local.set $stop (local.get $end))
    (block $done (loop $digit
      (br_if $done (i32.le_u (local.get $stop) (local.get $first)))
      (br_if $done (i32.ge_u
        (i32.sub (i32.load8_u (i32.sub (local.get $stop) (i32.const 1))) (i32.const 48))
        (i32.const 10)))
      (local.set $stop (i32.sub (local.get $stop) (i32.const 1)))
      (br $digit)))
    (if (i32.le_u (i32.sub (local.get $stop) (local.get $first)) (i32.const 15))
      (then (local.set $told (call $listed (local.get $first) (i32.sub (local.get $stop) (local.get $first))))))
    ;; With digits it is none of those that make the name one of something else.
    (if (i32.ne (local.get $stop) (local.get $end))
      (then (local.set $told (i32.and (local.get $told) (i32.const 24)))))
    (if (i32.and (local.get $told) (i32.const 8)) (then (return (local.get $told))))
    (local.set $tail (i64.or (i64.load (i32.sub (local.get $stop) (i32.const 8))) (i64.const 0x2020202020202020)))
    (local.set $at (i32.const 10496))
    (loop $end
      (local.set $mask (i64.load (local.get $at)))
      (if (i64.eqz (local.get $mask)) (then (return (local.get $told))))
      (if (i64.eq (i64.and (local.get $tail) (local.get $mask)) (i64.load offset=8 (local.get $at)))
        (then (return (i32.or (local.get $told) (i32.const 8)))))
      (local.set $at (i32.add (local.get $at) (i32.const 16)))
      (br $end))
    (unreachable))

  ;; What the table says of so many letters; 0 if they are not in it.
  (func $listed (param $first i32) (param $length i32) (result i32)
    (local $word v128) (local $entry v128) (local $slot i32)
    (local.set $word (v128.and
      (v128.or (v128.load (local.get $first)) (i8x16.splat (i32.const 32)))
      (v128.load offset=10752 (i32.sub (i32.const 16) (local.get $length)))))
    (local.set $slot (i32.wrap_i64 (i64.shr_u
      (i64.mul
        (i64.xor
          (i64x2.extract_lane 0 (local.get $word))
          (i64.shl (i64x2.extract_lane 1 (local.get $word)) (i64.const 7)))
        (i64.const 0x9e3779b97f4a7c15))
      (i64.const 54))))
    (loop $next
      (local.set $entry (v128.load offset=524288 (i32.shl (local.get $slot) (i32.const 4))))
      (if (i32.eqz (i8x16.extract_lane_u 15 (local.get $entry))) (then (return (i32.const 0))))
      (if (i32.eq
            (i32.and (i8x16.bitmask (i8x16.eq (local.get $entry) (local.get $word))) (i32.const 0x7fff))
            (i32.const 0x7fff))
        (then (return (i8x16.extract_lane_u 15 (local.get $entry)))))
      (local.set $slot (i32.and (i32.add (local.get $slot) (i32.const 1)) (i32.const 1023)))
      (br $next))
    (unreachable))

  (func $isCapital (param $byte i32) (result i32)
    (i32.lt_u (i32.sub (local.get $byte) (i32.const 65)) (i32.const 26)))

  (func $isSmall (param $byte i32) (result i32)
    (i32.lt_u (i32.sub (local.get $byte) (i32.const 97)) (i32.const 26)))

  (func $isOfWord (param $byte i32) (result i32)
    (i32.or
      (i32.lt_u (i32.sub (i32.or (local.get $byte) (i32.const 32)) (i32.const 97)) (i32.const 26))
      (i32.lt_u (i32.sub (local.get $byte) (i32.const 48)) (i32.const 10))))

  ;; True unless the part of an address where a user would stand ends, within 96 bytes, without its sign.
  (func $mayHaveUser (param $at i32) (result i32)
    (local $most i32) (local $byte i32)
    (local.set $most (i32.add (local.get $at) (i32.const 96)))
    (loop $next
      (local.set $byte (i32.load8_u (local.get $at)))
      (if (i32.eq (local.get $byte) (i32.const 64)) (then (return (i32.const 1))))
      (if (i32.and (i32.load8_u offset=1536 (local.get $byte)) (i32.const 16)) (then (return (i32.const 0))))
      (local.set $at (i32.add (local.get $at) (i32.const 1)))
      (br_if $next (i32.lt_u (local.get $at) (local.get $most))))
    (i32.const 1))

  ;; Where bytes of the given classes end: of those at 1280, or of those at 1536.
  (func $past (param $at i32) (param $most i32) (param $table i32) (param $classes i32) (result i32)
    (block $end (loop $next
      (br_if $end (i32.ge_u (local.get $at) (local.get $most)))
      (br_if $end (i32.eqz (i32.and
        (i32.load8_u (i32.add (local.get $table) (i32.load8_u (local.get $at))))
        (local.get $classes))))
      (if (i32.ge_u (local.get $at) (global.get $last))
        (then
          (global.set $isFar (i32.const 1))
          (br $end)))
      (local.set $at (i32.add (local.get $at) (i32.const 1)))
      (br $next)))
    (local.get $at))

  (func $blanks (param $at i32) (result i32)
    (call $past (local.get $at) (i32.add (local.get $at) (i32.const 40)) (i32.const 1536) (i32.const 8)))

  (func $is (param $at i32) (param $classes i32) (result i32)
    (i32.and (i32.load8_u offset=1280 (i32.load8_u (local.get $at))) (local.get $classes)))

  (func $isQuote (param $at i32) (result i32)
    (i32.and (i32.load8_u offset=1536 (i32.load8_u (local.get $at))) (i32.const 4)))

  (func $isAssigned (param $byte i32) (result i32)
    (i32.or (i32.eq (local.get $byte) (i32.const 61)) (i32.eq (local.get $byte) (i32.const 58))))

  ;; isOperator of may-assign.ts.
  (func $operates (param $at i32) (result i32)
    (local $byte i32) (local $next i32)
    (if (i32.eqz (call $is (local.get $at) (i32.const 1))) (then (return (i32.const 0))))
    (local.set $byte (i32.load8_u (local.get $at)))
    (local.set $next (i32.load8_u offset=1 (local.get $at)))
    ;; `=`, `:`, `>`
    (if (i32.or
          (i32.or (i32.eq (local.get $byte) (i32.const 61)) (i32.eq (local.get $byte) (i32.const 58)))
          (i32.eq (local.get $byte) (i32.const 62)))
      (then (return (i32.const 1))))
    ;; `<-`, `</`
    (if (i32.eq (local.get $byte) (i32.const 60))
      (then (return (i32.or (i32.eq (local.get $next) (i32.const 45)) (i32.eq (local.get $next) (i32.const 47))))))
    ;; `.=`, or a method.
    (if (i32.eq (local.get $byte) (i32.const 46))
      (then (return (i32.or
        (i32.eq (local.get $next) (i32.const 61))
        (call $beginsMethod (call $pair (i32.add (local.get $at) (i32.const 1))))))))
    ;; `or "v"`; of other signs one of the next two is `=` or `:`, or the sign stands twice.
    (if (i32.eq (i32.or (local.get $byte) (i32.const 32)) (i32.const 111))
      (then (if (i32.ne (i32.or (local.get $next) (i32.const 32)) (i32.const 114)) (then (return (i32.const 0)))))
      (else
        (if (i32.or
              (call $isAssigned (local.get $next))
              (call $isAssigned (i32.load8_u offset=2 (local.get $at))))
          (then (return (i32.const 1))))
        (if (i32.ne (local.get $byte) (local.get $next)) (then (return (i32.const 0))))))
    (call $isQuote (call $blanks (i32.add (local.get $at) (i32.const 2)))))

  ;; A literal, or a call that hands one on: a quote within 64 bytes.
  (func $mayHoldLiteral (param $at i32) (result i32)
    (local $most i32)
    (if (i32.eqz (call $is (local.get $at) (i32.const 32))) (then (return (i32.const 0))))
    (local.set $most (i32.add (local.get $at) (i32.const 64)))
    (loop $next
      (if (i32.or (call $isQuote (local.get $at)) (i32.ge_u (local.get $at) (global.get $last)))
        (then (return (i32.const 1))))
      (local.set $at (i32.add (local.get $at) (i32.const 1)))
      (br_if $next (i32.lt_u (local.get $at) (local.get $most))))
    (i32.const 0))

  ;; A quote, escaped or with one or two letters before it.
  (func $beginsLiteral (param $at i32) (result i32)
    (local.set $at (call $past
      (local.get $at) (i32.add (local.get $at) (i32.const 2)) (i32.const 1536) (i32.const 32)))
    (i32.or
      (call $isQuote (local.get $at))
      (i32.and
        (i32.eq (i32.load8_u (local.get $at)) (i32.const 92))
        (i32.ne (call $isQuote (i32.add (local.get $at) (i32.const 1))) (i32.const 0)))))

  ;; Where the name around an anchor begins.
  (func $nameStart (param $hit i32) (param $base i32) (result i32)
    (local $start i32) (local $least i32) (local $byte i32)
    (local.set $start (local.get $hit))
    (local.set $least (i32.sub (local.get $hit) (i32.const 48)))
    (if (i32.lt_u (local.get $least) (local.get $base)) (then (local.set $least (local.get $base))))
    (block $done (loop $walk
      (br_if $done (i32.le_u (local.get $start) (local.get $least)))
      (local.set $byte (i32.load8_u (i32.sub (local.get $start) (i32.const 1))))
      (br_if $done (i32.eqz (i32.or
        (i32.and (i32.load8_u offset=1536 (local.get $byte)) (i32.const 1))
        (i32.eq (local.get $byte) (i32.const 45)))))
      (local.set $start (i32.sub (local.get $start) (i32.const 1)))
      (br $walk)))
    (block $done (loop $walk
      (br_if $done (i32.ge_u (local.get $start) (local.get $hit)))
      (br_if $done (i32.ne (i32.load8_u (local.get $start)) (i32.const 45)))
      (local.set $start (i32.add (local.get $start) (i32.const 1)))
      (br $walk)))
    ;; The letter of an escape: n, r, t.
    (if (i32.and
          (i32.lt_u (local.get $start) (local.get $hit))
          (i32.and
            (i32.gt_u (local.get $start) (local.get $base))
            (i32.eq (i32.load8_u (i32.sub (local.get $start) (i32.const 1))) (i32.const 92))))
      (then
        (local.set $byte (i32.load8_u (local.get $start)))
        (local.set $start (i32.add (local.get $start) (i32.or
          (i32.eq (local.get $byte) (i32.const 110))
          (i32.or (i32.eq (local.get $byte) (i32.const 114)) (i32.eq (local.get $byte) (i32.const 116))))))))
    (local.get $start))

  ;; And where it ends.
  (func $nameEnd (param $hitEnd i32) (result i32)
    (local $end i32)
    (local.set $end (local.get $hitEnd))
    (block $done (loop $walk
      (br_if $done (i32.ge_u (local.get $end) (i32.add (local.get $hitEnd) (i32.const 48))))
      (br_if $done (i32.eqz (i32.or
        (i32.and (i32.load8_u offset=1536 (i32.load8_u (local.get $end))) (i32.const 1))
        (i32.and
          (i32.eq (i32.load8_u (local.get $end)) (i32.const 45))
          (i32.and (i32.load8_u offset=1536 (i32.load8_u offset=1 (local.get $end))) (i32.const 1))))))
      (local.set $end (i32.add (local.get $end) (i32.const 1)))
      (br $walk)))
    (local.get $end))

  ;; The same as mayAssign in may-assign.ts for the name around an anchor; of no account where $isFar says that more would have to
  ;; be read.
  (func $mayAssign (param $hit i32) (param $hitEnd i32) (param $base i32) (result i32)
    (local $start i32) (local $end i32) (local $path i32) (local $least i32) (local $isFlag i32)
    (local $next i32) (local $behind i32) (local $at i32) (local $byte i32) (local $before i32)
    (local $opening i32)
    (local.set $start (call $nameStart (local.get $hit) (local.get $base)))
    (local.set $end (call $nameEnd (local.get $hitEnd)))
    ;; Where the path before it begins.
    (local.set $path (local.get $start))
    (local.set $least (i32.sub (local.get $start) (i32.const 60)))
    (if (i32.lt_u (local.get $least) (local.get $base)) (then (local.set $least (local.get $base))))
    (block $done (loop $walk
      (br_if $done (i32.le_u (local.get $path) (local.get $least)))
      (br_if $done (i32.eqz (i32.and
        (i32.load8_u offset=1536 (i32.load8_u (i32.sub (local.get $path) (i32.const 1))))
        (i32.const 3))))
      (if (i32.lt_u (local.get $path) (global.get $first)) (then (return (i32.const 1))))
      (local.set $path (i32.sub (local.get $path) (i32.const 1)))
      (br $walk)))
    (local.set $isFlag (i32.eq (i32.load8_u (i32.sub (local.get $start) (i32.const 1))) (i32.const 45)))
    (local.set $before (i32.load8_u (i32.sub (local.get $path) (i32.const 1))))
    (local.set $next (i32.load8_u (local.get $end)))

    (if (i32.or (call $isQuote (local.get $end)) (i32.eq (local.get $next) (i32.const 92)))
      (then
        (local.set $behind (i32.add (local.get $end) (i32.const 1)))
        (if (i32.eq (local.get $next) (i32.const 92))
          (then
            (if (i32.eqz (call $isQuote (local.get $behind))) (then (return (i32.const 0))))
            (local.set $behind (i32.add (local.get $behind) (i32.const 1)))))
        (if (i32.and
              (i32.eq (local.get $before) (local.get $next))
              (i32.eq (i32.load8_u (i32.sub (local.get $path) (i32.const 2))) (i32.const 61)))
          (then (return (i32.const 1))))
        (local.set $at (call $blanks
          (call $past (local.get $behind) (i32.add (local.get $behind) (i32.const 12)) (i32.const 1280) (i32.const 4))))
        (if (call $operates (local.get $at)) (then (return (i32.const 1))))
        ;; `define( "`: what opens the call stands one further.
        (local.set $opening (i32.load8_u (i32.sub (local.get $path) (i32.const 2))))
        (if (i32.eq (local.get $opening) (i32.const 32))
          (then (local.set $opening (i32.load8_u (i32.sub (local.get $path) (i32.const 3))))))
        ;; Behind a comma: an option, an argument, what is handed over. Whether it is, mayAssign tells.
        (if (i32.eq (i32.load8_u (local.get $at)) (i32.const 44))
          (then
            (if (i32.or
                  (local.get $isFlag)
                  (i32.eq (local.get $opening) (i32.const 40)))
              (then (return (i32.const 1))))
            (local.set $at (call $blanks (i32.add (local.get $at) (i32.const 1))))
            (if (i32.and
                  (i32.or
                    (i32.ne (call $isQuote (local.get $at)) (i32.const 0))
                    (i32.eq (i32.load8_u (local.get $at)) (i32.const 119)))
                  (i32.or
                    (i32.ne (call $isQuote (i32.sub (local.get $path) (i32.const 1))) (i32.const 0))
                    (i32.eq (local.get $before) (i32.const 35))))
              (then (return (i32.const 1))))))
        (if (i32.and
              (i32.eq (i32.load8_u offset=1 (local.get $end)) (i32.const 93))
              (i32.ne (call $isQuote (i32.add (local.get $end) (i32.const 2))) (i32.const 0)))
          (then (return (i32.const 1))))
        (return (call $mayFollow (local.get $end)))))

    (if (i32.and
          (i32.eq (local.get $before) (i32.const 60))
          (i32.ne (call $is (local.get $end) (i32.const 2)) (i32.const 0)))
      (then (return (i32.const 1))))
    ;; A word and a sign, for an environment may be part of the name; a method, `.text`, `.value`, by two letters.
    (if (i32.eq (local.get $next) (i32.const 46))
      (then
        (if (call $isAssigned (i32.load8_u (call $blanks (call $past
              (i32.add (local.get $end) (i32.const 1))
              (i32.add (local.get $end) (i32.const 16))
              (i32.const 1536)
              (i32.const 1)))))
          (then (return (i32.const 1))))
        (local.set $at (call $pair (i32.add (local.get $end) (i32.const 1))))
        (return (i32.or
          (call $beginsMethod (local.get $at))
          (i32.or (i32.eq (local.get $at) (i32.const 0x6574)) (i32.eq (local.get $at) (i32.const 0x6176)))))))
    (local.set $behind
      (call $past (local.get $end) (i32.add (local.get $end) (i32.const 12)) (i32.const 1280) (i32.const 4)))
    (local.set $at (call $blanks (local.get $behind)))
    (local.set $byte (i32.load8_u (local.get $at)))
    (if (call $operates (local.get $at)) (then (return (i32.const 1))))
    (if (i32.eq (local.get $byte) (i32.const 40))
      (then (return (call $mayHoldLiteral (call $blanks (i32.add (local.get $at) (i32.const 1)))))))
    (if (i32.and
          (i32.eq (local.get $byte) (i32.const 44))
          (i32.or
            (i32.or (i32.eq (local.get $before) (i32.const 40)) (i32.eq (local.get $before) (i32.const 123)))
            (i32.ne (call $is (i32.sub (local.get $path) (i32.const 1)) (i32.const 2)) (i32.const 0))))
      (then (if (call $beginsLiteral (call $blanks (i32.add (local.get $at) (i32.const 1))))
        (then (return (i32.const 1))))))
    (if (call $mayFollow (local.get $end)) (then (return (i32.const 1))))
    (if (i32.eq (local.get $at) (local.get $behind)) (then (return (i32.const 0))))
    ;; In the next line only a literal counts.
    (if (i32.or (i32.eq (local.get $byte) (i32.const 10)) (i32.eq (local.get $byte) (i32.const 13)))
      (then
        (local.set $behind
          (i32.add (local.get $at) (i32.add (i32.const 1) (i32.eq (local.get $byte) (i32.const 13)))))
        (if (i32.eqz (call $isQuote
              (call $past (local.get $behind) (i32.add (local.get $at) (i32.const 60)) (i32.const 1536) (i32.const 8))))
          (then (return (i32.const 0))))))
    (if (i32.and
          (i32.eq (local.get $byte) (i32.const 64))
          (i32.ne (call $isQuote (i32.add (local.get $at) (i32.const 1))) (i32.const 0)))
      (then (return (i32.const 1))))
    (if (i32.or (local.get $isFlag) (call $isQuote (local.get $at))) (then (return (i32.const 1))))
    ;; `is "v"`
    (if (i32.eq (i32.load16_u (local.get $at)) (i32.const 0x7369))
      (then (if (call $isQuote (call $blanks (i32.add
              (local.get $at)
              (i32.add (i32.const 2) (i32.eq (i32.load8_u offset=2 (local.get $at)) (i32.const 58))))))
        (then (return (i32.const 1))))))
    ;; A type, `=` and a literal.
    (if (call $is (local.get $at) (i32.const 8))
      (then
        (local.set $at (call $past
          (i32.add (local.get $at) (i32.const 1))
          (i32.add (local.get $at) (i32.const 72))
          (i32.const 1280)
          (i32.const 16)))
        (if (i32.eq (i32.load8_u (local.get $at)) (i32.const 61))
          (then (if (call $is (call $blanks (i32.add (local.get $at) (i32.const 1))) (i32.const 32))
            (then (return (i32.const 1))))))))
    (call $mayBeginLine (local.get $path) (local.get $base)))

  ;; Separators with `value` or `default` behind them, a brace, or indented lines.
  (func $mayFollow (param $end i32) (result i32)
    (local $from i32) (local $at i32) (local $byte i32) (local $index i32)
    (local.set $from (i32.add (local.get $end) (i32.ne (call $isQuote (local.get $end)) (i32.const 0))))
    ;; With commas first.
    (local.set $at (local.get $from))
    (block $done (loop $walk
      (br_if $done (i32.ge_u (local.get $at) (i32.add (local.get $from) (i32.const 60))))
      (if (i32.ge_u (local.get $at) (global.get $last)) (then (return (i32.const 1))))
      (br_if $done (i32.eqz (i32.or
        (call $is (local.get $at) (i32.const 2))
        (i32.eq (i32.load8_u (local.get $at)) (i32.const 44)))))
      (local.set $at (i32.add (local.get $at) (i32.const 1)))
      (br $walk)))
    (if (i32.ne (local.get $at) (local.get $from))
      (then
        (local.set $at (i32.add (local.get $at) (i32.ne (call $isQuote (local.get $at)) (i32.const 0))))
        (local.set $byte (i32.or (i32.load (local.get $at)) (i32.const 0x20202020)))
        ;; `"type": "text",` may stand before them.
        (if (i32.eq (local.get $byte) (i32.const 0x65707974)) (then (return (i32.const 1))))
        ;; `valu`, `defa`, `para`: words go on to their sign.
        (if (i32.or
              (i32.eq (local.get $byte) (i32.const 0x61726170))
              (i32.or (i32.eq (local.get $byte) (i32.const 0x756c6176)) (i32.eq (local.get $byte) (i32.const 0x61666564))))
          (then
            (local.set $at (call $past
              (i32.add (local.get $at) (i32.const 4)) (i32.add (local.get $at) (i32.const 16)) (i32.const 1536) (i32.const 1)))
            (local.set $at (i32.add (local.get $at) (i32.ne (call $isQuote (local.get $at)) (i32.const 0))))
            (if (call $isAssigned (i32.load8_u (call $blanks (local.get $at)))) (then (return (i32.const 1))))))))
    (local.set $at (call $past (local.get $from) (global.get $last) (i32.const 1280) (i32.const 2)))
    (if (i32.ge_u (local.get $at) (global.get $last)) (then (return (i32.const 1))))
    (local.set $byte (i32.load8_u (local.get $at)))
    (if (i32.eq (local.get $byte) (i32.const 123)) (then (return (i32.const 1))))
    (if (i32.and
          (i32.ne (call $is (local.get $at) (i32.const 64)) (i32.const 0))
          (call $beginsNested (call $pair (local.get $at))))
      (then
        (local.set $index (local.get $from))
        (block $done (loop $walk
          (br_if $done (i32.ge_u (local.get $index) (local.get $at)))
          (if (i32.eq (i32.load8_u (local.get $index)) (i32.const 10)) (then (return (i32.const 1))))
          (local.set $index (i32.add (local.get $index) (i32.const 1)))
          (br $walk)))))
    (if (i32.and (i32.ne (local.get $byte) (i32.const 58)) (i32.ne (local.get $byte) (i32.const 61)))
      (then (return (i32.const 0))))
    (local.set $at (call $past
      (i32.add (local.get $at) (i32.const 1)) (global.get $last) (i32.const 1280) (i32.const 2)))
    (i32.or
      (i32.ge_u (local.get $at) (global.get $last))
      (i32.eq (i32.load8_u (local.get $at)) (i32.const 123))))

  ;; Two letters, in lower case.
  (func $pair (param $at i32) (result i32)
    (i32.or (i32.load16_u (local.get $at)) (i32.const 0x2020)))

  ;; eq, co, se, fi, ty
  (func $beginsMethod (param $pair i32) (result i32)
    (i32.or
      (i32.or (i32.eq (local.get $pair) (i32.const 0x7165)) (i32.eq (local.get $pair) (i32.const 0x6f63)))
      (i32.or
        (i32.or (i32.eq (local.get $pair) (i32.const 0x6573)) (i32.eq (local.get $pair) (i32.const 0x6966)))
        (i32.eq (local.get $pair) (i32.const 0x7974)))))

  ;; ty, di, de, is, re, va, pa, pr, no, se
  (func $beginsNested (param $pair i32) (result i32)
    (i32.or
      (i32.or
        (i32.or (i32.eq (local.get $pair) (i32.const 0x7974)) (i32.eq (local.get $pair) (i32.const 0x6964)))
        (i32.or (i32.eq (local.get $pair) (i32.const 0x6564)) (i32.eq (local.get $pair) (i32.const 0x7369))))
      (i32.or
        (i32.or
          (i32.or (i32.eq (local.get $pair) (i32.const 0x6170)) (i32.eq (local.get $pair) (i32.const 0x7270)))
          (i32.or (i32.eq (local.get $pair) (i32.const 0x6f6e)) (i32.eq (local.get $pair) (i32.const 0x6573))))
        (i32.or (i32.eq (local.get $pair) (i32.const 0x6572)) (i32.eq (local.get $pair) (i32.const 0x6176))))))

  ;; en, ar, ex, se, ma, lo
  (func $beginsDirective (param $pair i32) (result i32)
    (i32.or
      (i32.or
        (i32.or (i32.eq (local.get $pair) (i32.const 0x6e65)) (i32.eq (local.get $pair) (i32.const 0x7261)))
        (i32.or (i32.eq (local.get $pair) (i32.const 0x7865)) (i32.eq (local.get $pair) (i32.const 0x6573))))
      (i32.or (i32.eq (local.get $pair) (i32.const 0x616d)) (i32.eq (local.get $pair) (i32.const 0x6f6c)))))

  ;; Nothing before the path in its line, or a line that begins as directives do; true where that is further than may be looked.
  (func $mayBeginLine (param $path i32) (param $base i32) (result i32)
    (local $at i32) (local $least i32) (local $byte i32) (local $first i32)
    (local.set $least (i32.sub (local.get $path) (i32.const 100)))
    (local.set $at (i32.sub (local.get $path) (i32.const 1)))
    (local.set $first (i32.const -1))
    (block $done (loop $walk
      (br_if $done (i32.or
        (i32.lt_u (local.get $at) (local.get $least))
        (i32.lt_u (local.get $at) (local.get $base))))
      (if (i32.lt_u (local.get $at) (global.get $first)) (then (return (i32.const 1))))
      (local.set $byte (i32.load8_u (local.get $at)))
      (br_if $done (i32.eq (local.get $byte) (i32.const 10)))
      (if (i32.and (i32.ne (local.get $byte) (i32.const 32)) (i32.ne (local.get $byte) (i32.const 9)))
        (then (local.set $first (local.get $at))))
      (local.set $at (i32.sub (local.get $at) (i32.const 1)))
      (br $walk)))
    (if (i32.lt_s (local.get $first) (i32.const 0)) (then (return (i32.const 1))))
    (i32.and
      (i32.ne (call $is (local.get $first) (i32.const 128)) (i32.const 0))
      (call $beginsDirective (call $pair (local.get $first)))))

  ;; The same in the `reach` bytes before each of the runs between `run` and `runs` that looks drawn, but not before `done`.
  ;; Stops behind the run with which `out` reaches `full`: which comes next is stored at 900, and what was looked through at 904.
  (func $findNamed (export "findNamed")
    (param $bit i32) (param $heads i32) (param $longest i32) (param $reach i32) (param $run i32) (param $runs i32)
    (param $shift i32) (param $done i32) (param $to i32) (param $base i32) (param $out i32) (param $full i32)
    (result i32)
    (local $value i32) (local $first i32) (local $last i32) (local $early i32)
    (block $end (loop $next
      (br_if $end (i32.or
        (i32.ge_u (local.get $run) (local.get $runs))
        (i32.ge_u (local.get $out) (local.get $full))))
      (local.set $value (i32.add (i32.load (local.get $run)) (local.get $shift)))
      (local.set $first (i32.sub (local.get $value) (local.get $reach)))
      (local.set $first (select (local.get $first) (local.get $done) (i32.gt_s (local.get $first) (local.get $done))))
      (local.set $last (select (local.get $value) (local.get $to) (i32.lt_s (local.get $value) (local.get $to))))
      (block $not
        (br_if $not (i32.ge_s (local.get $first) (local.get $last)))
        (br_if $not (i32.eqz (call $looksDrawn
          (local.get $value)
          (i32.add (i32.load offset=4 (local.get $run)) (local.get $shift)))))
        (local.set $done (local.get $last))
        (local.set $early (i32.sub (local.get $first) (local.get $longest)))
        (local.set $out (call $findAnchors
          (local.get $bit)
          (local.get $heads)
          (select (local.get $early) (local.get $base) (i32.gt_s (local.get $early) (local.get $base)))
          (local.get $first)
          (local.get $last)
          (local.get $base)
          (local.get $out)
          (i32.const -1))))
      (local.set $run (i32.add (local.get $run) (i32.const 8)))
      (br $next)))
    (i32.store offset=900 (i32.const 0) (local.get $run))
    (i32.store offset=904 (i32.const 0) (local.get $done))
    (local.get $out))

  ;; True if the first 128 characters have a digit, or change the case of letters as no name does: at a third of the places,
  ;; and at three at least.
  (func $looksDrawn (param $from i32) (param $to i32) (result i32)
    (local $at i32) (local $byte i32) (local $before i32) (local $changes i32)
    (if (i32.gt_s (i32.sub (local.get $to) (local.get $from)) (i32.const 128))
      (then (local.set $to (i32.add (local.get $from) (i32.const 128)))))
    (local.set $at (local.get $from))
    (block $end (loop $next
      (br_if $end (i32.ge_s (local.get $at) (local.get $to)))
      (local.set $byte (i32.load8_u (local.get $at)))
      (if (i32.lt_u (i32.sub (local.get $byte) (i32.const 48)) (i32.const 10)) (then (return (i32.const 1))))
      ;; Letters only: 0 for others.
      (local.set $byte (select
        (local.get $byte)
        (i32.const 0)
        (i32.lt_u (i32.sub (i32.or (local.get $byte) (i32.const 32)) (i32.const 97)) (i32.const 26))))
      (local.set $changes (i32.add (local.get $changes) (i32.and
        (i32.and (i32.ne (local.get $byte) (i32.const 0)) (i32.ne (local.get $before) (i32.const 0)))
        (i32.shr_u (i32.and (i32.xor (local.get $byte) (local.get $before)) (i32.const 32)) (i32.const 5)))))
      (local.set $before (local.get $byte))
      (local.set $at (i32.add (local.get $at) (i32.const 1)))
      (br $next)))
    (i32.and
      (i32.ge_s (local.get $changes) (i32.const 3))
      (i32.ge_s (i32.mul (local.get $changes) (i32.const 3)) (i32.sub (local.get $to) (local.get $from)))))

  ;; Where a rare anchor may begin in [from, to), behind, in or `before` bytes before those of the runs between `run` and `runs`
  ;; that have `least` characters: by its first two bytes, and by what stands before it. How far was looked is stored at 904.
  (func $findRare (export "findRare")
    (param $least i32) (param $before i32) (param $run i32) (param $runs i32)
    (param $shift i32) (param $from i32) (param $to i32) (param $out i32)
    (result i32)
    (local $at i32) (local $end i32) (local $first i32) (local $pair i32)
    (block $done (loop $next
      (br_if $done (i32.ge_u (local.get $run) (local.get $runs)))
      (local.set $at (i32.load (local.get $run)))
      (local.set $end (i32.load offset=4 (local.get $run)))
      (local.set $run (i32.add (local.get $run) (i32.const 8)))
      (br_if $next (i32.lt_s (i32.sub (local.get $end) (local.get $at)) (local.get $least)))
      (local.set $at (i32.sub (i32.add (local.get $at) (local.get $shift)) (local.get $before)))
      (local.set $end (i32.add (i32.add (local.get $end) (local.get $shift)) (i32.const 1)))
      (if (i32.lt_s (local.get $at) (local.get $from)) (then (local.set $at (local.get $from))))
      (if (i32.gt_s (local.get $end) (local.get $to)) (then (local.set $end (local.get $to))))
      ;; Where the next run begins so near, this part was looked at.
      (if (i32.gt_s (local.get $end) (local.get $from)) (then (local.set $from (local.get $end))))
      (loop $each
        (br_if $next (i32.ge_s (local.get $at) (local.get $end)))
        (local.set $first (i32.load8_u offset=1024 (i32.load8_u (local.get $at))))
        (block $not
          (br_if $not (i32.eqz (local.get $first)))
          (local.set $pair (i32.load16_u (local.get $at)))
          (br_if $not (i32.eqz (i32.and (i32.const 1) (i32.shr_u
            (i32.load8_u offset=2048 (i32.shr_u (local.get $pair) (i32.const 3)))
            (i32.and (local.get $pair) (i32.const 7))))))
          ;; A word goes on here, and no escape ends: `\n`, `%3D`.
          (br_if $not (i32.and
            (i32.eq (local.get $first) (i32.const 1))
            (i32.and
              (i32.load8_u offset=256 (i32.load8_u (i32.sub (local.get $at) (i32.const 1))))
              (i32.and
                (i32.ne (i32.load8_u (i32.sub (local.get $at) (i32.const 2))) (i32.const 92))
                (i32.ne (i32.load8_u (i32.sub (local.get $at) (i32.const 3))) (i32.const 37))))))
          (i32.store (local.get $out) (local.get $at))
          (local.set $out (i32.add (local.get $out) (i32.const 4))))
        (local.set $at (i32.add (local.get $at) (i32.const 1)))
        (br $each))))
    (i32.store offset=904 (i32.const 0) (local.get $from))
    (local.get $out)))

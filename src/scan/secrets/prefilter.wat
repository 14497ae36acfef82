;; The loops of the secrets engine that look at every byte: runs of base64, escapes, anchors by groups of three characters.
;; They say where to look; what stands there is judged in TypeScript. prefilter.ts fills the tables, which begin at:
;;       0  bytes to lower case (256)
;;     256  bytes of words: 1, and of hexadecimal digits: 2 (256)
;;     512  what follows the sign of an escape: 1 behind %, 2 behind \, 4 behind & (256)
;;     768  base64 by the lower four bits of a byte (16) and by the upper four (16)
;;    1024  first bytes of rare anchors: 1 if all of them open a token, 2 if not (256)
;;    2048  pairs of bytes that begin a rare anchor, one bit each (8,192)
;;   16384  by the hash of three characters in a row: the kinds of anchors that have this group, one bit each (65,536)
;; The text lies in front of bytes that are no characters: up to 64 behind its end are read.
(module
  (memory (export "memory") 20)

  ;; Runs of at least 15 characters of base64 in [from, to), as pairs of start and end, and what the edges cut, however short.
  ;; In 16 bytes only the first gap can end such a run, and only behind the last one another can begin.
  (func $findRuns (export "findRuns") (param $from i32) (param $to i32) (param $out i32) (result i32)
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
              (i32.store (local.get $out) (local.get $start))
              (i32.store offset=4 (local.get $out) (local.get $end))
              (local.set $out (i32.add (local.get $out) (i32.const 8)))))
          (local.set $start (i32.add (local.get $at) (i32.sub (i32.const 32) (i32.clz (local.get $gaps)))))))
      (local.set $at (i32.add (local.get $at) (i32.const 16)))
      (br $next)))
    (if (i32.lt_u (local.get $start) (local.get $to))
      (then
        (i32.store (local.get $out) (local.get $start))
        (i32.store offset=4 (local.get $out) (local.get $to))
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
  ;; anchor's number. Looks for their groups from `from` on, and stops where `out` reaches `full`: from where to go on is
  ;; stored at 896. `bit` is that of the kind in the table of hashes, `heads` where its first entries are, by the upper bits
  ;; of the hash. An entry: the group (4 bytes), the next entry (4), the anchor's number (4), where the group stands in it (1),
  ;; how long it is (1), and its text.
  (func $findAnchors (export "findAnchors")
    (param $bit i32) (param $heads i32) (param $from i32) (param $least i32) (param $to i32) (param $base i32)
    (param $out i32) (param $full i32)
    (result i32)
    (local $at i32) (local $keys v128) (local $hashes v128)
    (local.set $at (local.get $from))
    (block $done (loop $next
      (br_if $done (i32.or
        (i32.ge_u (local.get $at) (local.get $to))
        (i32.ge_u (local.get $out) (local.get $full))))
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
          (if (i32.and (i32.load8_u offset=16384 (i32x4.extract_lane 0 (local.get $hashes))) (local.get $bit))
            (then (local.set $out (call $confirm
              (local.get $heads) (i32x4.extract_lane 0 (local.get $hashes)) (i32x4.extract_lane 0 (local.get $keys))
              (local.get $at) (local.get $least) (local.get $to) (local.get $base) (local.get $out)))))
          (if (i32.and (i32.load8_u offset=16384 (i32x4.extract_lane 1 (local.get $hashes))) (local.get $bit))
            (then (local.set $out (call $confirm
              (local.get $heads) (i32x4.extract_lane 1 (local.get $hashes)) (i32x4.extract_lane 1 (local.get $keys))
              (i32.add (local.get $at) (i32.const 1)) (local.get $least) (local.get $to) (local.get $base) (local.get $out)))))
          (if (i32.and (i32.load8_u offset=16384 (i32x4.extract_lane 2 (local.get $hashes))) (local.get $bit))
            (then (local.set $out (call $confirm
              (local.get $heads) (i32x4.extract_lane 2 (local.get $hashes)) (i32x4.extract_lane 2 (local.get $keys))
              (i32.add (local.get $at) (i32.const 2)) (local.get $least) (local.get $to) (local.get $base) (local.get $out)))))
          (if (i32.and (i32.load8_u offset=16384 (i32x4.extract_lane 3 (local.get $hashes))) (local.get $bit))
            (then (local.set $out (call $confirm
              (local.get $heads) (i32x4.extract_lane 3 (local.get $hashes)) (i32x4.extract_lane 3 (local.get $keys))
              (i32.add (local.get $at) (i32.const 3)) (local.get $least) (local.get $to) (local.get $base) (local.get $out)))))))
      (local.set $at (i32.add (local.get $at) (i32.const 4)))
      (br $next)))
    (i32.store offset=896 (i32.const 0) (local.get $at))
    (local.get $out))

  ;; The anchors with this group at this place.
  (func $confirm
    (param $heads i32) (param $hash i32) (param $key i32) (param $at i32) (param $least i32) (param $to i32) (param $base i32) (param $out i32)
    (result i32)
    (local $entry i32) (local $start i32) (local $length i32) (local $index i32)
    (local.set $entry (i32.load (i32.add (local.get $heads) (i32.shl (i32.shr_u (local.get $hash) (i32.const 4)) (i32.const 2)))))
    (block $done (loop $next
      (br_if $done (i32.eqz (local.get $entry)))
      (block $differs
        (br_if $differs (i32.ne (i32.load (local.get $entry)) (local.get $key)))
        (local.set $start (i32.sub (local.get $at) (i32.load8_u offset=12 (local.get $entry))))
        (local.set $length (i32.load8_u offset=13 (local.get $entry)))
        (br_if $differs (i32.lt_u (local.get $start) (local.get $base)))
        (br_if $differs (i32.le_u (i32.add (local.get $start) (local.get $length)) (local.get $least)))
        (br_if $differs (i32.gt_u (i32.add (local.get $start) (local.get $length)) (local.get $to)))
        (local.set $index (i32.const 0))
        (loop $each
          (br_if $differs (i32.ne
            (i32.load8_u (i32.load8_u (i32.add (local.get $start) (local.get $index))))
            (i32.load8_u offset=14 (i32.add (local.get $entry) (local.get $index)))))
          (local.set $index (i32.add (local.get $index) (i32.const 1)))
          (br_if $each (i32.lt_u (local.get $index) (local.get $length))))
        (i32.store (local.get $out) (i32.or
          (i32.shl (i32.add (local.get $start) (local.get $length)) (i32.const 12))
          (i32.load offset=8 (local.get $entry))))
        (local.set $out (i32.add (local.get $out) (i32.const 4))))
      (local.set $entry (i32.load offset=4 (local.get $entry)))
      (br $next)))
    (local.get $out))

  ;; The same in each of the parts between `part` and `parts`, pairs of from and to. Stops behind the part with which `out`
  ;; reaches `full`: which comes next is stored at 900.
  (func $findAnchorsIn (export "findAnchorsIn")
    (param $bit i32) (param $heads i32) (param $longest i32) (param $part i32) (param $parts i32) (param $base i32) (param $out i32) (param $full i32)
    (result i32)
    (local $from i32) (local $early i32)
    (block $done (loop $next
      (br_if $done (i32.or
        (i32.ge_u (local.get $part) (local.get $parts))
        (i32.ge_u (local.get $out) (local.get $full))))
      (local.set $from (i32.load (local.get $part)))
      (local.set $early (i32.sub (local.get $from) (local.get $longest)))
      (local.set $out (call $findAnchors
        (local.get $bit)
        (local.get $heads)
        (select (local.get $early) (local.get $base) (i32.gt_u (local.get $early) (local.get $base)))
        (local.get $from)
        (i32.load offset=4 (local.get $part))
        (local.get $base)
        (local.get $out)
        (i32.const -1)))
      (local.set $part (i32.add (local.get $part) (i32.const 8)))
      (br $next)))
    (i32.store offset=900 (i32.const 0) (local.get $part))
    (local.get $out))

  ;; Where a rare anchor may begin in the parts between `part` and `parts`: by its first two bytes, and by what stands before it.
  (func $findRare (export "findRare") (param $part i32) (param $parts i32) (param $out i32) (result i32)
    (local $at i32) (local $to i32) (local $first i32) (local $pair i32)
    (block $done (loop $next
      (br_if $done (i32.ge_u (local.get $part) (local.get $parts)))
      (local.set $at (i32.load (local.get $part)))
      (local.set $to (i32.load offset=4 (local.get $part)))
      (local.set $part (i32.add (local.get $part) (i32.const 8)))
      (loop $each
        (br_if $next (i32.ge_u (local.get $at) (local.get $to)))
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
    (local.get $out)))

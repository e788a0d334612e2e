;; The program of the lab about WasmGC, on structs and arrays that the host keeps and collects: a balanced tree of n nodes,
;; a list of n records, a string in each. There is no memory here and nothing to give back: to let go is all.
(module
  (type $node (struct
    (field $value i32)
    (field $left (ref null $node))
    (field $right (ref null $node))))
  (type $text (array (mut i8)))
  (type $record (struct
    (field $id i32)
    (field $score i32)
    (field $name (ref $text))
    (field $next (ref null $record))))

  (global $root (mut (ref null $node)) (ref.null $node))
  (global $list (mut (ref null $record)) (ref.null $record))

  ;; A tree of the numbers from $from to $to − 1, the middle one at its root.
  (func $tree (param $from i32) (param $to i32) (result (ref null $node))
    (local $middle i32)
    (if (i32.ge_s (local.get $from) (local.get $to)) (then (return (ref.null $node))))
    (local.set $middle (i32.shr_u (i32.add (local.get $from) (local.get $to)) (i32.const 1)))
    (struct.new $node
      (local.get $middle)
      (call $tree (local.get $from) (local.get $middle))
      (call $tree (i32.add (local.get $middle) (i32.const 1)) (local.get $to))))

  ;; A number as twelve digits.
  (func $digits (param $n i32) (result (ref $text))
    (local $text (ref $text))
    (local $at i32)
    (local.set $text (array.new_default $text (i32.const 12)))
    (local.set $at (i32.const 12))
    (loop $next
      (local.set $at (i32.sub (local.get $at) (i32.const 1)))
      (array.set $text (local.get $text) (local.get $at)
        (i32.add (i32.const 48) (i32.rem_u (local.get $n) (i32.const 10))))
      (local.set $n (i32.div_u (local.get $n) (i32.const 10)))
      (br_if $next (local.get $at)))
    (local.get $text))

  (func (export "build") (param $n i32)
    (local $i i32)
    (global.set $root (call $tree (i32.const 0) (local.get $n)))
    (loop $next
      (global.set $list
        (struct.new $record
          (local.get $i)
          (i32.rem_u (i32.mul (local.get $i) (i32.const 7919)) (i32.const 1000))
          (call $digits (local.get $i))
          (global.get $list)))
      (local.set $i (i32.add (local.get $i) (i32.const 1)))
      (br_if $next (i32.lt_s (local.get $i) (local.get $n)))))

  (func $sum (param $node (ref null $node)) (result i32)
    (if (ref.is_null (local.get $node)) (then (return (i32.const 0))))
    (i32.add
      (struct.get $node $value (local.get $node))
      (i32.add
        (call $sum (struct.get $node $left (local.get $node)))
        (call $sum (struct.get $node $right (local.get $node))))))

  ;; Adds up every value, every field of every record and every character.
  (func (export "walk") (result i32)
    (local $sum i32)
    (local $at i32)
    (local $record (ref null $record))
    (local $name (ref null $text))
    (local.set $sum (call $sum (global.get $root)))
    (local.set $record (global.get $list))
    (block $end
      (loop $next
        (br_if $end (ref.is_null (local.get $record)))
        (local.set $sum (i32.add (local.get $sum) (struct.get $record $id (local.get $record))))
        (local.set $sum (i32.add (local.get $sum) (struct.get $record $score (local.get $record))))
        (local.set $name (struct.get $record $name (local.get $record)))
        (local.set $at (array.len (local.get $name)))
        (loop $letter
          (local.set $at (i32.sub (local.get $at) (i32.const 1)))
          (local.set $sum (i32.add (local.get $sum) (array.get_u $text (local.get $name) (local.get $at))))
          (br_if $letter (local.get $at)))
        (local.set $record (struct.get $record $next (local.get $record)))
        (br $next)))
    (local.get $sum))

  (func (export "drop")
    (global.set $root (ref.null $node))
    (global.set $list (ref.null $record)))

  (func (export "root") (result (ref null $node)) (global.get $root))
  (func (export "value") (param $node (ref null $node)) (result i32)
    (struct.get $node $value (local.get $node))))

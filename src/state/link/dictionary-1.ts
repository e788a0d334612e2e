/**
 * Preset dictionary 1 of link version 1: what scripts tend to say, so that a link holds only what is new in its own. The
 * language's words, the gallery as it was published, then phrases, the likeliest last, where a reference is shortest.
 *
 * FROZEN to the byte: every link ever made is unpacked with it. Another dictionary is another version of the link.
 */
export const DICTIONARY_1 = `committed static live slack metadata free dead top peak_live largest_hole pinned_waste hole_bytes(a..b) pages floor empty_pages trailing_pages grows failures blocks holes search_steps search_p99 search_worst misuses lost internal_fragmentation internal_slack internal_metadata external_fragmentation external_l2 unusable(size) utilisation peak_utilisation peak_overhead ratchet search_mean verdict == "leak" "fragmentation" "past peak" "healthy"
oldest newest random every chance mostly small zeroed align count(a) size(a) min(a, b) max(a, b)
repeat 400 as i {
  a[i] = alloc 200..9k
}
mark "full"
free random 50% of a
mark "holes"
repeat 150 { alloc 3k..12k }
# Half the bytes come free, in holes that are too small
repeat 4000 as i {
  p[i] = alloc 448
}
mark "all live"
free every 2nd of p
mark "every other freed"
repeat 900 { alloc 904 }
expect live == 2000 * 448 + 900 * 904
expect pages unchanged since "all live" at "every other freed"
expect pages grew since "every other freed"
# The program gives everything back; the memory stays
repeat 5 {
  repeat 600 as i {
    a[i] = alloc 200..2k
  }
  mark "peak"
  free a
  mark "valley"
}
expect live == 0 at "valley"
expect pages unchanged since "peak" at "valley"
expect pages <= 13 for dlmalloc
# Last in, first out: the kindest order there is
repeat 20 as round {
  repeat 300 as i {
    s[i] = alloc 40..600
  }
  free newest 100% of s
  if round == 2 { mark "warm" }
}
expect blocks == 0
expect pages unchanged since "warm" for dlmalloc
# A queue: the oldest leaves as a new one comes
repeat 4000 {
  q[] = alloc 16..2k mostly small
  if count(q) > 250 { free oldest of q }
}
mark "steady"
expect blocks == 250
expect pages <= 5 for dlmalloc
free q
expect live == 0
# A list doubles while others allocate beside it
v = alloc 16
repeat 14 {
  repeat 10 { alloc 48 }
  realloc v to 200%
  write v
}
expect live == 256 KiB + 140 * 48
expect peak_live == 256 KiB + 140 * 48
expect pages <= 9 for dlmalloc
# One block in fifty stays, and holds its page
repeat 3000 {
  alloc 500..4k free after 1000..3000 keep 1 in 50
}
mark "busy"
repeat 3000 { alloc 16 free after 0 }
mark "quiet"
expect ratchet > 10
# wee_alloc: one byte less costs five pages more
mark "start"
over = alloc 1025
mark "1,025 bytes"
edge = alloc 1024
mark "1,024 bytes"
expect pages == 2 for wee at "1,025 bytes"
expect pages == 7 for wee at "1,024 bytes"
expect pages == 2 for dlmalloc
expect live == 2049
# A scope ends: one step back for an arena, 300 frees elsewhere
repeat 12 {
  scope {
    repeat 300 { alloc 16..2k }
    mark "full"
  }
  mark "phase over"
}
expect blocks == 300 at "full"
expect live == 0 at "phase over"
expect pages <= 6 for arena
# Equal objects are a pool's best case, until the size changes
repeat 8000 as i {
  node[i] = alloc 64
}
free random 95% of node
mark "stranded"
repeat 4000 { alloc 80 }
expect blocks == 4400
expect pages grew since "stranded" for pool
expect pages unchanged since "stranded" for dlmalloc
# 64 blocks of 40 KiB do not fit into 2 MiB
memory max 32 pages
repeat 64 as i {
  a[i] = alloc 40 KiB
}
expect failures > 0
expect pages <= 32
mark "full"
free every 2nd of a
alloc 60 KiB
expect failures grew since "full" for dlmalloc
# 32 pages from the start: who uses them?
memory initial 32 pages
repeat 1500 as i {
  a[i] = alloc 1 KiB
}
expect live == 1500 KiB
expect grows == 0 for dlmalloc
expect grows > 0 for wee
# Two sizes in turn, everything freed, and wee_alloc still grows
repeat 50 as round {
  a = alloc 85_196
  b = alloc 80_000
  free a, b
  mark "round"
  if round == 1 { mark "second" }
}
expect live == 0 at "round"
expect pages grew since "second" for wee
expect pages unchanged since "second" for wee-repaired
expect pages unchanged since "second" for dlmalloc
# Sessions outlive messages
seed 7

mark "connect"
repeat 3000 as i {
  user[i] = alloc 400..3k
  name[i] = alloc 16..120
}
mark "chatter"
repeat 3000 {
  alloc 24..900 free after 1..60 keep 1 in 7
}
mark "half leave"
free random 50% of user

mark "rejoin"
repeat 1300 {
  user[] = alloc 600..5k
}
mark "attachments"
repeat 1500 as i {
  file[i] = alloc 2k..14k
  if i >= 240 { free file[i - 240] }
}
mark "drain"
free file, random 80% of user
expect blocks == 3983
expect pages <= 160 for dlmalloc
# 20 bytes too many land on the neighbour's header
repeat 3 as i {
  row[i] = alloc 96
  write row[i]
}
expect misuses == 0
mark "sound"
write row[1] 116 with "RGBA"
mark "damaged, unnoticed"
expect misuses == 1
free row
repeat 3 { alloc 96 }
# A stale name reaches memory that has a new owner
ada = alloc 32
write ada with "Ada."
free ada
bob = alloc 32
write bob with "Bob."
read ada 4
write ada with "Eve."
free ada
carl = alloc 32
write carl with "Carl"
expect misuses == 3
expect blocks == 2
# Everything is given back, and the memory stays as large as it was
# The same program twice, with one number changed
# Each request frees what it took; one in twenty is kept
version 1
memory base 1 MiB initial 4 pages max 64 pages
memory base 5632 initial 1 page max 16 pages
seed 42
seed 1
arena frame of 64 KiB
arena request
let n = 100
let size = 64
let round = round + 1
repeat 10 as round {
  scope {
    repeat 100 as i { node[i] = alloc 16..256 mostly small }
    mark "inner"
  }
  mark "request done"
}
reset frame
repeat 60 as frame {
  repeat 20 as k { tmp[k] = alloc 300..14k in frame }
  reset frame
  mark "frame end"
}
for bytes in 16..4k step 16 { b[] = alloc bytes }
for size in 1 KiB..64 KiB step 1 KiB {
if count(q) > 100 { free oldest of q }
if i mod 10 == 0 { mark "tenth" }
if i >= 50 { free file[i - 50] }
if chance 1 in 20 { alloc 8 KiB free after 1000 }
} else {
} else if i > 0 {
alloc one of 70% 32, 25% 100..200, 4 KiB free after 10 ops
alloc 16..64k mostly small free after 1..300 keep 2%
alloc 24..900 free after 1..60 keep 1 in 7
alloc 4 KiB align 64
alloc 64k zeroed
realloc v to 150%
realloc s[i] to size(s[i]) + 100
realloc random 10% of row to 200%
write a with "Ada."
write b 20 at 8 with 0x41
write row[1] 116 with "RGBA"
read a
free b at 8
free a, b, c
free all
free oldest 5 of user
free newest 100% of s
free oldest of queue
free every 2nd of p
free every 3rd of user
free every 4th of item
free user[0..9]
free random 80% of user
free random 50% of a
note "Watch who reuses the holes"
pause "The next line writes 4 bytes too far"
mark "before"
mark "after"
mark "start"
mark "steady"
mark "busy"
mark "quiet"
mark "warm"
mark "loaded"
mark "done"
mark "end"
mark "peak"
mark "freed"
mark "holes"
mark "full"
expect misuses == 1
expect lost == 0
expect ratchet > 10
expect floor <= 4
expect utilisation > 50%
expect external_fragmentation < 20% for wee
expect internal_fragmentation < 10%
expect largest_hole >= 64 KiB for dlmalloc
expect holes(16..64) == 0 for wee-repaired
expect verdict == "fragmentation" for wee at "peak"
expect peak_live == 256 KiB + 140 * 48
expect pages == 2 for pool
expect pages <= 20 for wee-noclasses
expect pages <= 6 for arena
expect pages grew since "full" for wee
expect pages unchanged since "full" for dlmalloc
expect grows == 0 for dlmalloc
expect failures > 0
expect blocks == 0
expect live == 0 at "valley"
expect live == 0
repeat 1000 {
  q[] = alloc 100..900
  if count(q) > 50 { free oldest of q }
}
c = alloc 300
b = alloc 200
a = alloc 100
free c
free b
free a
repeat 100 { alloc 1 KiB }
repeat 200 { alloc 500 free after 10 }
repeat 500 as i {
  s[i] = alloc 64..8k
}
free s
repeat 1000 as i {
  a[i] = alloc 16..256
}
`;

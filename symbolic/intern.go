package symbolic

import (
	"hash/maphash"
	"maps"
	"runtime"
	"sync"
	"weak"
)

// The table of all nodes in use. It holds them weakly: a node that no expression
// refers to any more is collected, and its entry is swept after the collection.
var table = newTable()

type shard struct {
	mu    sync.Mutex
	nodes map[uint64]weak.Pointer[node] // by hash, or the next free number
}

func newTable() *[64]shard {
	t := new([64]shard)
	for i := range t {
		t[i].nodes = make(map[uint64]weak.Pointer[node])
	}
	sweepAfterCollection(t)
	return t
}

var hashSeed = maphash.MakeSeed()

// intern returns the one node with the key k.
func intern(k key) *node {
	hash := maphash.Comparable(hashSeed, k)
	s := &table[hash%uint64(len(table))]
	s.mu.Lock()
	defer s.mu.Unlock()
	at, free := hash, uint64(0)
	for taken := false; ; at++ {
		entry, ok := s.nodes[at]
		if !ok {
			if !taken {
				free = at
			}
			break
		}
		n := entry.Value()
		if n != nil && n.key == k {
			return n
		}
		if n == nil && !taken { // a collected node; a live one may lie behind it
			free, taken = at, true
		}
	}
	n := &node{key: k, hash: hash, size: 1 + float64(len(k.name))}
	for _, a := range k.operands() {
		n.size += a.size
	}
	s.nodes[free] = weak.Make(n)
	return n
}

// sweepAfterCollection sweeps the table after the next garbage collection, which
// is when entries can have become void, and after every one that follows.
func sweepAfterCollection(t *[64]shard) {
	type sentinel struct{ _ *byte } // its collection is the signal
	runtime.AddCleanup(new(sentinel), func(t *[64]shard) {
		for i := range t {
			t[i].sweep()
		}
		sweepAfterCollection(t)
	}, t)
}

// sweep drops the entries of collected nodes. An entry whose successor is taken
// stays: a node with the same hash may lie behind it.
func (s *shard) sweep() {
	s.mu.Lock()
	defer s.mu.Unlock()
	size := len(s.nodes)
	for at, entry := range s.nodes {
		if _, next := s.nodes[at+1]; !next && entry.Value() == nil {
			delete(s.nodes, at)
		}
	}
	if len(s.nodes) < size/2 { // a map does not shrink by itself
		s.nodes = maps.Clone(s.nodes)
	}
}

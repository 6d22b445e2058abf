package symbolic

import (
	"hash/maphash"
	"runtime"
	"strings"
	"sync"
	"weak"
)

// The table of all nodes in use. It holds them weakly: a node that no expression
// refers to any more is collected, and its entry is swept after the collection.
var table = newTable()

type shard struct {
	mu    sync.Mutex
	nodes map[uint64]weak.Pointer[node] // by hash, or the next free number
	most  int                           // entries since the map was made, as far as sweeps have seen
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
	k.name = strings.Clone(k.name) // which may be part of a long text
	n := &node{key: k, hash: hash, size: 1 + float64(len(k.name))}
	for _, a := range k.parts() {
		n.size += a.size
		n.depth = max(n.depth, a.depth+1)
	}
	n.list = k.links()
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
// stays: a node with the same hash may lie behind it. A map does not give back
// what it once held, not to a clone either, so one that has become sparse is
// written anew.
func (s *shard) sweep() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.most = max(s.most, len(s.nodes))
	for at, entry := range s.nodes {
		if _, next := s.nodes[at+1]; !next && entry.Value() == nil {
			delete(s.nodes, at)
		}
	}
	if len(s.nodes) < s.most/2 {
		nodes := make(map[uint64]weak.Pointer[node], len(s.nodes))
		for at, entry := range s.nodes {
			nodes[at] = entry
		}
		s.nodes, s.most = nodes, len(nodes)
	}
}

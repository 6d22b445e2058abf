package symbolic

import (
	"hash/maphash"
	"sync"
	"weak"
)

// The table of all nodes in use. It holds them weakly: a node that no expression
// refers to any more is collected, and its entry is swept when the shard has
// doubled since the last sweep.
var table [64]shard

type shard struct {
	mu    sync.Mutex
	nodes map[uint64]weak.Pointer[node] // by hash, or the next free number
	limit int                           // sweep when there are so many
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
	n := &node{key: k, hash: hash, size: 1}
	for _, a := range k.operands() {
		n.size += a.size
	}
	s.insert(free, n)
	return n
}

func (s *shard) insert(at uint64, n *node) {
	if len(s.nodes) >= s.limit {
		s.sweep()
	}
	s.nodes[at] = weak.Make(n)
}

// sweep drops the entries of collected nodes. An entry whose successor is taken
// stays: a node with the same hash may lie behind it.
func (s *shard) sweep() {
	if s.nodes == nil {
		s.nodes = make(map[uint64]weak.Pointer[node])
	}
	for at, entry := range s.nodes {
		if _, next := s.nodes[at+1]; !next && entry.Value() == nil {
			delete(s.nodes, at)
		}
	}
	s.limit = max(64, 2*len(s.nodes))
}

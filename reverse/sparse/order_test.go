package sparse

import (
	"testing"

	"pgregory.net/rapid"
)

// TestSmallestLast holds the order against its definition, where no row is left
// out.
func TestSmallestLast(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		edges := drawSymmetric(t, 12).edges()
		order := smallestLast(edges, edges.T())
		left := make([]bool, edges.n)
		for j := range left {
			left[j] = true
		}
		for k := edges.n - 1; k >= 0; k-- {
			degree := make([]int, edges.n)
			for i := range edges.m {
				if v, w := edges.Row(i)[0], edges.Row(i)[1]; left[v] && left[w] {
					degree[v]++
					degree[w]++
				}
			}
			for j := range degree {
				if left[j] && degree[j] < degree[order[k]] {
					t.Fatalf("%v: at %d not the smallest", order, k)
				}
			}
			if !left[order[k]] {
				t.Fatalf("%v: %d twice", order, order[k])
			}
			left[order[k]] = false
		}
	})
}

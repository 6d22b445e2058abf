package draw

import (
	"testing"

	"github.com/quartet-ad/ad/internal/optest"
)

// TestLay: edges go forward, nothing overlaps, and everything lies within the bounds.
func TestLay(t *testing.T) {
	edges := [][2]int{{0, 2}, {0, 3}, {1, 3}, {1, 4}, {2, 5}, {3, 5}, {5, 6}, {4, 6}, {0, 6}}
	g := lay(7, edges, 100)
	optest.Equal(t, "layers", []int{g.spots[0].layer, g.spots[1].layer, g.spots[2].layer, g.spots[5].layer, g.spots[6].layer}, []int{0, 0, 1, 2, 3})
	for _, layer := range g.layers {
		for k, i := range layer {
			s := g.spots[i]
			if s.at-s.size/2 < g.lo-1e-9 || s.at+s.size/2 > g.hi+1e-9 {
				t.Errorf("%d lies outside", i)
			}
			if k > 0 {
				if above := g.spots[layer[k-1]]; s.at-above.at < (s.size+above.size)/2-1e-9 {
					t.Errorf("%d and %d overlap", layer[k-1], i)
				}
			}
		}
	}
	for k, route := range g.routes {
		if route[0] != edges[k][0] || route[len(route)-1] != edges[k][1] || len(route) != 1+g.spots[edges[k][1]].layer-g.spots[edges[k][0]].layer {
			t.Errorf("edge %v goes by %v", edges[k], route)
		}
	}
}

package draw

import (
	"cmp"
	"math"
	"slices"
)

// A spot is a node of a layered graph, or a place where a long edge crosses a layer.
type spot struct {
	layer  int
	at     float64 // the place across the layers
	size   float64 // across the layers
	before []int   // spots in the layer before
	after  []int
}

// A layered graph has its nodes in layers, each after those that its edges come from.
type layered struct {
	spots  []spot // the nodes first
	layers [][]int
	routes [][]int // for each edge, the spots that it goes through
	lo, hi float64 // the places across the layers lie between them
}

// lay puts nodes in layers: the longest path from the beginning says which, and neighbors
// draw each other near. Edges go from a lower number to a higher one. A node takes size
// across the layers, an edge that crosses one a third of it.
func lay(n int, edges [][2]int, size float64) layered {
	g := layered{spots: make([]spot, n)}
	for i := range n {
		g.spots[i].size = size
		for _, e := range edges {
			if e[1] == i {
				g.spots[i].layer = max(g.spots[i].layer, g.spots[e[0]].layer+1)
			}
		}
	}
	for _, e := range edges {
		route := []int{e[0]}
		for l := g.spots[e[0]].layer + 1; l < g.spots[e[1]].layer; l++ {
			g.spots = append(g.spots, spot{layer: l, size: size / 3})
			route = append(route, len(g.spots)-1)
		}
		route = append(route, e[1])
		for k := 1; k < len(route); k++ {
			a, b := route[k-1], route[k]
			g.spots[a].after, g.spots[b].before = append(g.spots[a].after, b), append(g.spots[b].before, a)
		}
		g.routes = append(g.routes, route)
	}
	for i, s := range g.spots {
		for len(g.layers) <= s.layer {
			g.layers = append(g.layers, nil)
		}
		g.layers[s.layer] = append(g.layers[s.layer], i)
	}
	g.order()
	g.place()
	return g
}

// order sorts each layer by where its neighbors stand, forth and back.
func (g *layered) order() {
	number := func() {
		for _, layer := range g.layers {
			for k, i := range layer {
				g.spots[i].at = float64(k) - float64(len(layer)-1)/2
			}
		}
	}
	number()
	for sweep := range 12 {
		for k := range g.layers {
			neighbors := func(s spot) []int { return s.before }
			if sweep%2 == 1 {
				k, neighbors = len(g.layers)-1-k, func(s spot) []int { return s.after }
			}
			slices.SortStableFunc(g.layers[k], func(a, b int) int {
				return cmp.Compare(g.mean(neighbors(g.spots[a]), g.spots[a].at), g.mean(neighbors(g.spots[b]), g.spots[b].at))
			})
			for j, i := range g.layers[k] {
				g.spots[i].at = float64(j) - float64(len(g.layers[k])-1)/2
			}
		}
	}
}

func (g *layered) mean(list []int, otherwise float64) float64 {
	if len(list) == 0 {
		return otherwise
	}
	sum := 0.0
	for _, i := range list {
		sum += g.spots[i].at
	}
	return sum / float64(len(list))
}

// place pulls spots to their neighbors, and keeps them apart.
func (g *layered) place() {
	for _, layer := range g.layers {
		at := 0.0
		for _, i := range layer {
			g.spots[i].at = at + g.spots[i].size/2
			at += g.spots[i].size
		}
		for _, i := range layer {
			g.spots[i].at -= at / 2
		}
	}
	for range 24 {
		for _, layer := range g.layers {
			wish := make([]float64, len(layer))
			for k, i := range layer {
				s := g.spots[i]
				wish[k] = g.mean(append(slices.Clone(s.before), s.after...), s.at)
			}
			for k, i := range layer { // from above, and then what is too low is pushed up again
				g.spots[i].at = wish[k]
				if k > 0 {
					above := g.spots[layer[k-1]]
					g.spots[i].at = max(wish[k], above.at+(above.size+g.spots[i].size)/2)
				}
			}
			shift := 0.0
			for k, i := range layer {
				shift += (wish[k] - g.spots[i].at) / float64(len(layer))
			}
			for _, i := range layer {
				g.spots[i].at += shift
			}
		}
	}
	g.lo, g.hi = math.Inf(1), math.Inf(-1)
	for _, s := range g.spots {
		g.lo, g.hi = min(g.lo, s.at-s.size/2), max(g.hi, s.at+s.size/2)
	}
}

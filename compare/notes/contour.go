package notes

import (
	"fmt"
	"strings"
)

// contour returns the path of the level lines of a function over the frame of a plot, by marching
// squares: within every cell of a grid, lines lead between the sides that the level crosses.
func (p *plot) contour(cells int, levels []float64, f func(x, y float64) float64) string {
	xs, ys := span(p.lo[0], p.hi[0], cells), span(p.lo[1], p.hi[1], cells)
	z := make([][]float64, len(xs))
	for i, x := range xs {
		z[i] = make([]float64, len(ys))
		for j, y := range ys {
			z[i][j] = f(x, y)
		}
	}
	var d strings.Builder
	for _, level := range levels {
		for i := range cells {
			for j := range cells {
				corners := [4][3]float64{{xs[i], ys[j], z[i][j]}, {xs[i+1], ys[j], z[i+1][j]}, {xs[i+1], ys[j+1], z[i+1][j+1]}, {xs[i], ys[j+1], z[i][j+1]}}
				var points [][2]float64
				for k, a := range corners {
					b := corners[(k+1)%4]
					if (a[2] < level) != (b[2] < level) {
						t := (level - a[2]) / (b[2] - a[2])
						points = append(points, [2]float64{a[0] + t*(b[0]-a[0]), a[1] + t*(b[1]-a[1])})
					}
				}
				for k := 0; k+1 < len(points); k += 2 {
					a, b := points[k], points[k+1]
					fmt.Fprintf(&d, "M%.1f %.1fL%.1f %.1f", p.x(a[0]), p.y(a[1]), p.x(b[0]), p.y(b[1]))
				}
			}
		}
	}
	return d.String()
}

// levels draws level lines, below everything else.
func (p *plot) levels(d string) { fmt.Fprintf(&p.below, `<path class="lv" d="%s"/>`, d) }

// between draws the level lines that another plot of the same frame defines under a name.
func (p *plot) shared(name string) { fmt.Fprintf(&p.below, `<use href="#%s"/>`, name) }

// define draws level lines under a name, for others to draw them too.
func (p *plot) define(name, d string) {
	fmt.Fprintf(&p.below, `<path id="%s" class="lv" d="%s"/>`, name, d)
}

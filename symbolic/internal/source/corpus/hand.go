package corpus

import "math"

//go:generate go run github.com/quartet-ad/ad/symbolic/adgen -func tracking -wrt x -modes reverse,forward,generic,second -o hand_adgen.go hand.go

// tracking is ADBench's hand tracking (Šrajer, Kukelova and Fitzgibbon 2018, section 4.4): half
// the sum of the squares of the distances of points from their places on a hand; or only one
// coordinate of these distances, if only is not negative.
//
// Bones carry the vertices of a mesh: those of vertex v are carriers[starts[v]:starts[v+1]],
// with weights. A bone is placed relative to its parent, -1 for none, by the upper three rows
// of an affine map; inverse takes vertices into its own frame. Spots are the vertex of each
// point, or the three corners of a triangle. The parameters are then two coordinates for every
// triangle, a rotation (an axis scaled by the angle), a translation, and for each finger a
// flexion, an abduction and two flexions.
func tracking(x []float64, parents []int, base, inverse, at []float64, starts, carriers []int, weights []float64, corners int, spots []int, points []float64, only int) float64 {
	n := len(points) / 3
	own := 0
	if corners == 3 {
		own = 2 * n
	}
	absolute, carried := make([]float64, 12*len(parents)), make([]float64, 12*len(parents))
	next := own + 6
	for i, parent := range parents {
		m := make([]float64, 12)
		copy(m, base[12*i:])
		joint := (i + 2) % 4
		if i >= 2 && i < 21 && joint < 3 {
			if joint == 0 {
				sin, cos := math.Sincos(x[next+1])
				for r := 0; r < 12; r += 4 {
					m[r], m[r+1] = m[r]*cos+m[r+1]*sin, m[r+1]*cos-m[r]*sin
				}
			}
			sin, cos := math.Sincos(x[next])
			for r := 0; r < 12; r += 4 {
				m[r+1], m[r+2] = m[r+1]*cos+m[r+2]*sin, m[r+2]*cos-m[r+1]*sin
			}
			next++
			if joint == 0 {
				next++
			}
		}
		for r := 0; r < 12; r += 4 {
			for c := range 4 {
				v := m[r+c]
				if p := 12*parent + r; parent >= 0 {
					v = absolute[p]*m[c] + absolute[p+1]*m[4+c] + absolute[p+2]*m[8+c]
					if c == 3 {
						v += absolute[p+3]
					}
				}
				absolute[12*i+r+c] = v
			}
		}
		for r := 0; r < 12; r += 4 {
			a := 12*i + r
			for c := range 4 {
				v := absolute[a]*inverse[12*i+c] + absolute[a+1]*inverse[12*i+4+c] + absolute[a+2]*inverse[12*i+8+c]
				if c == 3 {
					v += absolute[a+3]
				}
				carried[a+c] = v
			}
		}
	}

	turn := []float64{1, 0, 0, 0, 1, 0, 0, 0, 1}
	if square := x[own]*x[own] + x[own+1]*x[own+1] + x[own+2]*x[own+2]; square >= 1e-8 {
		angle := math.Sqrt(square)
		sin, cos := math.Sincos(angle)
		for i := range 3 {
			for j := range 3 {
				turn[3*i+j] = x[own+i] * x[own+j] / square * (1 - cos)
			}
			turn[4*i] += cos
		}
		for i := range 3 {
			s := x[own+(i+2)%3] / angle * sin
			turn[3*i+(i+1)%3] -= s
			turn[3*((i+1)%3)+i] += s
		}
	}

	sum := 0.0
	place := make([]float64, 3)
	for k := range n {
		clear(place)
		for c := range corners {
			share := 1.0
			if corners == 3 {
				switch c {
				case 0:
					share = x[2*k]
				case 1:
					share = x[2*k+1]
				default:
					share = 1 - x[2*k] - x[2*k+1]
				}
			}
			v := spots[k*corners+c]
			for r := range 3 {
				p := 0.0
				for b := starts[v]; b < starts[v+1]; b++ {
					m := 12 * carriers[b]
					for q := range 3 {
						row := m + 4*q
						p += turn[3*r+q] * weights[b] * (carried[row]*at[3*v] + carried[row+1]*at[3*v+1] + carried[row+2]*at[3*v+2] + carried[row+3])
					}
				}
				place[r] += share * (p + x[own+3+r])
			}
		}
		for r := range 3 {
			e := points[3*k+r] - place[r]
			if only == 3*k+r {
				return e
			}
			sum += e * e / 2
		}
	}
	return sum
}

package catalog

import (
	"math"

	"github.com/quartet-ad/ad"
	"github.com/quartet-ad/ad/reverse"
)

// windowArrays look at images through windows: convolutions, poolings and
// upsampling. Those of sequences are those of images of one row.
func windowArrays[T ad.Scalar[T]]() []arrayCase[T] {
	cases := convolutionArrays[T]()
	image, sequence := []int{1, 2, 4, 3}, []int{1, 2, 6}
	single := func(name string, from []int, array func(x reverse.Array) reverse.Array, to []int, f func(x grid[T], i []int) T) {
		cases = append(cases, arrayCase[T]{name, sizes(from), -2, 2,
			func(x []reverse.Array) reverse.Array { return array(x[0]) },
			func(x []grid[T]) grid[T] { return filled(to, func(i []int) T { return f(x[0], i) }) }})
	}
	// window is what lies in rows and columns of the plane of a place.
	window := func(x grid[T], i []int, top, bottom, left, right int) []T {
		var all []T
		for r := max(top, 0); r < min(bottom, x.shape[2]); r++ {
			for c := max(left, 0); c < min(right, x.shape[3]); c++ {
				all = append(all, x.at(i[0], i[1], r, c))
			}
		}
		return all
	}
	line := func(x grid[T], i []int, left, right int) []T {
		var all []T
		for c := max(left, 0); c < min(right, x.shape[2]); c++ {
			all = append(all, x.at(i[0], i[1], c))
		}
		return all
	}
	largest := picked(func(x, y T) T { return x.Sub(y).IfPos(x, y) })
	mean := func(count float64) func(x []T) T {
		return func(x []T) T { return ad.Sum(x).Div(num[T](count)) }
	}
	average := ad.Mean[T]

	// Windows of 2×2, a step of 2 downwards and 1 to the right, padding of 1 on top.
	o := reverse.PoolOptions{Kernel: [2]int{2, 2}, Stride: [2]int{2, 1}, Padding: [2]int{1, 0}}
	counted := o
	counted.CountPadding = true
	pooled := func(x grid[T], i []int) []T { return window(x, i, 2*i[2]-1, 2*i[2]+1, i[3], i[3]+2) }
	windows := []int{1, 2, 3, 2}
	single("MaxPool2D", image, func(x reverse.Array) reverse.Array { return x.MaxPool2D(o) }, windows,
		func(x grid[T], i []int) T { return largest(pooled(x, i)) })
	single("AvgPool2D", image, func(x reverse.Array) reverse.Array { return x.AvgPool2D(o) }, windows,
		func(x grid[T], i []int) T { return average(pooled(x, i)) })
	single("AvgPool2D", image, func(x reverse.Array) reverse.Array { return x.AvgPool2D(counted) }, windows,
		func(x grid[T], i []int) T { return mean(4)(pooled(x, i)) })
	inLine := reverse.PoolOptions{Kernel: [2]int{3}, Stride: [2]int{2}, Padding: [2]int{1}}
	single("MaxPool1D", sequence, func(x reverse.Array) reverse.Array { return x.MaxPool1D(inLine) }, []int{1, 2, 3},
		func(x grid[T], i []int) T { return largest(line(x, i, 2*i[2]-1, 2*i[2]+2)) })
	single("AvgPool1D", sequence, func(x reverse.Array) reverse.Array { return x.AvgPool1D(inLine) }, []int{1, 2, 3},
		func(x grid[T], i []int) T { return average(line(x, i, 2*i[2]-1, 2*i[2]+2)) })

	from := func(i, n, m int) int { return i * n / m }
	to := func(i, n, m int) int { return ((i+1)*n + m - 1) / m }
	binned := func(x grid[T], i []int) []T {
		return window(x, i, from(i[2], 4, 3), to(i[2], 4, 3), from(i[3], 3, 2), to(i[3], 3, 2))
	}
	single("AdaptiveMaxPool2D", image, func(x reverse.Array) reverse.Array { return x.AdaptiveMaxPool2D(3, 2) }, windows,
		func(x grid[T], i []int) T { return largest(binned(x, i)) })
	single("AdaptiveAvgPool2D", image, func(x reverse.Array) reverse.Array { return x.AdaptiveAvgPool2D(3, 2) }, windows,
		func(x grid[T], i []int) T { return average(binned(x, i)) })
	inBins := func(x grid[T], i []int) []T { return line(x, i, from(i[2], 6, 4), to(i[2], 6, 4)) }
	single("AdaptiveMaxPool1D", sequence, func(x reverse.Array) reverse.Array { return x.AdaptiveMaxPool1D(4) }, []int{1, 2, 4},
		func(x grid[T], i []int) T { return largest(inBins(x, i)) })
	single("AdaptiveAvgPool1D", sequence, func(x reverse.Array) reverse.Array { return x.AdaptiveAvgPool1D(4) }, []int{1, 2, 4},
		func(x grid[T], i []int) T { return average(inBins(x, i)) })
	single("GlobalAvgPool", image, func(x reverse.Array) reverse.Array { return x.GlobalAvgPool() }, []int{1, 2},
		func(x grid[T], i []int) T { return average(window(x, i, 0, 4, 0, 3)) })

	larger := []int{1, 2, 6, 5}
	single("UpsampleNearest", image, func(x reverse.Array) reverse.Array { return x.UpsampleNearest(6, 5) }, larger,
		func(x grid[T], i []int) T { return x.at(i[0], i[1], i[2]*4/6, i[3]*3/5) })
	for _, corners := range []bool{false, true} {
		source := func(i, n, m int) (int, T) {
			s := max(0, (float64(i)+0.5)*float64(n)/float64(m)-0.5)
			if corners {
				s = float64(i) * float64(n-1) / float64(m-1)
			}
			whole := math.Floor(s)
			return int(whole), num[T](s - whole)
		}
		single("UpsampleBilinear", image, func(x reverse.Array) reverse.Array { return x.UpsampleBilinear(6, 5, corners) }, larger,
			func(x grid[T], i []int) T {
				r, down := source(i[2], 4, 6)
				c, right := source(i[3], 3, 5)
				at := func(r, c int) T { return x.at(i[0], i[1], min(r, 3), min(c, 2)) }
				mix := func(a, b, t T) T { return a.Mul(num[T](1).Sub(t)).Add(b.Mul(t)) }
				return mix(mix(at(r, c), at(r, c+1), right), mix(at(r+1, c), at(r+1, c+1), right), down)
			})
	}
	return cases
}

// convolutionArrays are convolutions with and without groups.
func convolutionArrays[T ad.Scalar[T]]() []arrayCase[T] {
	image, o := []int{1, 2, 3, 4}, reverse.ConvOptions{Stride: [2]int{2, 1}, Padding: [2]int{1, 0}, Dilation: [2]int{1, 2}}
	grouped := o
	grouped.Groups = 2
	cases := append(convolutions[T](image, 1, o), convolutions[T](image, 2, grouped)...)
	return append(cases, arrayCase[T]{"Conv1D", sizes([]int{2, 2, 5}, []int{2, 2, 2}, []int{2}), -2, 2,
		func(x []reverse.Array) reverse.Array {
			return x[0].Conv1D(x[1], x[2], reverse.ConvOptions{Stride: [2]int{2}, Padding: [2]int{1}, Dilation: [2]int{2}})
		},
		func(x []grid[T]) grid[T] {
			return filled([]int{2, 2, 3}, func(i []int) T {
				s := x[2].at(i[1])
				for c := range 2 {
					for k := range 2 {
						if p := 2*i[2] - 1 + 2*k; p >= 0 && p < 5 {
							s = s.Add(x[0].at(i[0], c, p).Mul(x[1].at(i[1], c, k)))
						}
					}
				}
				return s
			})
		}})
}

// convolutions are one of an image with two channels to two, and the transposed one.
func convolutions[T ad.Scalar[T]](image []int, groups int, o reverse.ConvOptions) []arrayCase[T] {
	per := 2 / groups
	kernels := []int{2, per, 2, 2}
	transposed := o
	transposed.OutputPadding = [2]int{1, 0}
	return []arrayCase[T]{
		{"Conv2D", sizes(image, kernels, []int{2}), -2, 2,
			func(x []reverse.Array) reverse.Array { return x[0].Conv2D(x[1], x[2], o) },
			func(x []grid[T]) grid[T] {
				return filled([]int{1, 2, 2, 2}, func(i []int) T {
					s := x[2].at(i[1])
					for c := range per {
						for kr := range 2 {
							for kc := range 2 {
								r, col := 2*i[2]-1+kr, i[3]+2*kc
								if r >= 0 && r < 3 && col < 4 {
									s = s.Add(x[0].at(0, i[1]/per*per+c, r, col).Mul(x[1].at(i[1], c, kr, kc)))
								}
							}
						}
					}
					return s
				})
			}},
		{"ConvTranspose2D", sizes(image, kernels, []int{2}), -2, 2,
			func(x []reverse.Array) reverse.Array { return x[0].ConvTranspose2D(x[1], x[2], transposed) },
			func(x []grid[T]) grid[T] {
				y := filled([]int{1, 2, 5, 6}, func(i []int) T { return x[2].at(i[1]) })
				filled(image, func(i []int) T {
					for c := range per {
						for kr := range 2 {
							for kc := range 2 {
								r, col := 2*i[2]-1+kr, i[3]+2*kc
								if r >= 0 && r < 5 && col < 6 {
									at := ((i[1]/per*per+c)*5+r)*6 + col
									y.data[at] = y.data[at].Add(x[0].at(i...).Mul(x[1].at(i[1], c, kr, kc)))
								}
							}
						}
					}
					return num[T](0)
				})
				return y
			}},
	}
}

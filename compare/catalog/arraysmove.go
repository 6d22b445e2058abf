package catalog

import (
	"slices"

	"github.com/quartet-ad/ad"
	"github.com/quartet-ad/ad/reverse"
)

// movingArrays put elements elsewhere.
func movingArrays[T ad.Scalar[T]]() []arrayCase[T] {
	matrix, cube := []int{2, 3}, []int{2, 3, 2}
	move := func(name string, array func(x reverse.Array) reverse.Array, from, to []int, f func(x grid[T], i []int) T) arrayCase[T] {
		return arrayCase[T]{name, sizes(from), -2, 2,
			func(x []reverse.Array) reverse.Array { return array(x[0]) },
			func(x []grid[T]) grid[T] { return filled(to, func(i []int) T { return f(x[0], i) }) }}
	}
	places := []int{2, 0, 1, 2, 1, 1}
	scattered := []int{2, 0, 0, 2}
	return []arrayCase[T]{
		move("Reshape", func(x reverse.Array) reverse.Array { return x.Reshape(3, -1) }, cube, []int{3, 4},
			func(x grid[T], i []int) T { return x.data[i[0]*4+i[1]] }),
		move("Transpose", func(x reverse.Array) reverse.Array { return x.Transpose() }, matrix, []int{3, 2},
			func(x grid[T], i []int) T { return x.at(i[1], i[0]) }),
		move("Transpose", func(x reverse.Array) reverse.Array { return x.Transpose(2, 0, -2) }, cube, []int{2, 2, 3},
			func(x grid[T], i []int) T { return x.at(i[1], i[2], i[0]) }),
		move("BroadcastTo", func(x reverse.Array) reverse.Array { return x.BroadcastTo(2, 2, 3) }, []int{2, 1}, []int{2, 2, 3},
			func(x grid[T], i []int) T { return x.at(i...) }),
		move("Slice", func(x reverse.Array) reverse.Array {
			return x.Slice(reverse.Range{}, reverse.Range{Start: 1}, reverse.Range{Step: -1})
		}, cube, []int{2, 2, 2}, func(x grid[T], i []int) T { return x.at(i[0], i[1]+1, 1-i[2]) }),
		move("Pad", func(x reverse.Array) reverse.Array { return x.Pad(0.5, [2]int{1, 0}, [2]int{-1, 2}) }, matrix, []int{3, 4},
			func(x grid[T], i []int) T {
				if i[0] < 1 || i[1] > 1 {
					return num[T](0.5)
				}
				return x.at(i[0]-1, i[1]+1)
			}),
		move("PadWith", func(x reverse.Array) reverse.Array {
			return x.PadWith(reverse.PadReflect, [2]int{1, 3}, [2]int{2, 1})
		}, matrix, []int{6, 6},
			func(x grid[T], i []int) T { return x.at([]int{1, 0, 1, 0, 1, 0}[i[0]], []int{2, 1, 0, 1, 2, 1}[i[1]]) }),
		move("PadWith", func(x reverse.Array) reverse.Array {
			return x.PadWith(reverse.PadReplicate, [2]int{1, 2}, [2]int{-1, 1})
		}, matrix, []int{5, 3},
			func(x grid[T], i []int) T { return x.at([]int{0, 0, 1, 1, 1}[i[0]], []int{1, 2, 2}[i[1]]) }),
		move("PadWith", func(x reverse.Array) reverse.Array {
			return x.PadWith(reverse.PadCircular, [2]int{}, [2]int{1, 4})
		}, matrix, []int{2, 8},
			func(x grid[T], i []int) T { return x.at(i[0], (i[1]+2)%3) }),
		move("Take", func(x reverse.Array) reverse.Array { return x.Take(1, []int{2, 0, 2, 1}) }, cube, []int{2, 4, 2},
			func(x grid[T], i []int) T { return x.at(i[0], []int{2, 0, 2, 1}[i[1]], i[2]) }),
		move("Gather", func(x reverse.Array) reverse.Array { return x.Gather(1, places) }, matrix, []int{2, 3},
			func(x grid[T], i []int) T { return x.at(i[0], places[i[0]*3+i[1]]) }),
		move("Diag", func(x reverse.Array) reverse.Array { return x.Diag() }, []int{3, 3}, []int{3},
			func(x grid[T], i []int) T { return x.at(i[0], i[0]) }),
		{"IndexAdd", sizes(matrix, []int{2, 4}), -2, 2,
			func(x []reverse.Array) reverse.Array { return x[0].IndexAdd(1, scattered, x[1]) },
			func(x []grid[T]) grid[T] {
				out := grid[T]{matrix, slices.Clone(x[0].data)}
				for row := range 2 {
					for k, to := range scattered {
						out.data[row*3+to] = out.data[row*3+to].Add(x[1].at(row, k))
					}
				}
				return out
			}},
		{"ScatterAdd", sizes(matrix, []int{2, 2}), -2, 2,
			func(x []reverse.Array) reverse.Array { return x[0].ScatterAdd(1, scattered, x[1]) },
			func(x []grid[T]) grid[T] {
				out := grid[T]{matrix, slices.Clone(x[0].data)}
				for k, to := range scattered {
					to += k / 2 * 3
					out.data[to] = out.data[to].Add(x[1].data[k])
				}
				return out
			}},
		{"Concat", sizes(matrix, []int{2, 1}, matrix), -2, 2,
			func(x []reverse.Array) reverse.Array { return reverse.Concat(-1, x...) },
			func(x []grid[T]) grid[T] {
				var out []T
				for row := range 2 {
					for _, g := range x {
						n := g.shape[1]
						out = append(out, g.data[row*n:][:n]...)
					}
				}
				return grid[T]{[]int{2, 7}, out}
			}},
		{"StackAlong", sizes(matrix, matrix), -2, 2,
			func(x []reverse.Array) reverse.Array { return reverse.StackAlong(1, x...) },
			func(x []grid[T]) grid[T] {
				return filled([]int{2, 2, 3}, func(i []int) T { return x[i[1]].at(i[0], i[2]) })
			}},
	}
}

package kernel

import (
	"fmt"
	"math"
	"math/rand/v2"
	"runtime"
	"sync"
	"testing"

	"github.com/quartet-ad/ad/internal/optest"
	"pgregory.net/rapid"
)

// random returns n numbers from the normal distribution.
func random(r *rand.Rand, n int) []float64 {
	x := make([]float64, n)
	for i := range x {
		x[i] = r.NormFloat64()
	}
	return x
}

// integers returns n integers of at most 8, whose products and sums are exact in
// float32 too.
func integers(r *rand.Rand, n int) []float64 {
	x := make([]float64, n)
	for i := range x {
		x[i] = float64(r.IntN(17) - 8)
	}
	return x
}

// A gemmCase is a product with all that surrounds its operands.
type gemmCase struct {
	m, n, k, ldc int
	a, b         Matrix
	c            []float64
	add          bool
}

// guard is a number that no kernel may read or write. Its square overflows in
// float32, its sum with another shows.
const guard = 1e300

// guarded returns an r×c matrix of the numbers that fill gives, transposed in
// memory or not, gap apart in every row, with guards in the gaps and at the end.
func guarded(fill func(n int) []float64, r, c, gap int, transposed bool) Matrix {
	if transposed {
		return guarded(fill, c, r, gap, false).T()
	}
	data := make([]float64, r*(c+gap)+gap)
	for i := range data {
		data[i] = guard
	}
	for i, x := range fill(r * c) {
		data[i/c*(c+gap)+i%c] = x
	}
	return RowMajor(data, c+gap)
}

func newGemmCase(fill func(n int) []float64, m, n, k, gap, variant int) gemmCase {
	c := guarded(fill, m, n, gap, false)
	return gemmCase{m, n, k, n + gap,
		guarded(fill, m, k, gap, variant&1 != 0), guarded(fill, k, n, gap, variant&2 != 0), c.Data, variant&4 != 0}
}

// naive returns what c becomes, and the sums of the absolute products.
func (g gemmCase) naive() (c, size []float64) {
	c, size = append([]float64(nil), g.c...), make([]float64, len(g.c))
	for i := range g.m {
		for j := range g.n {
			var sum float64
			for p := range g.k {
				v := g.a.Data[i*g.a.Row+p*g.a.Col] * g.b.Data[p*g.b.Row+j*g.b.Col]
				sum += v
				size[i*g.ldc+j] += math.Abs(v)
			}
			if g.add {
				sum += c[i*g.ldc+j]
				size[i*g.ldc+j] += math.Abs(c[i*g.ldc+j])
			}
			c[i*g.ldc+j] = sum
		}
	}
	return c, size
}

// run does not leave it to Gemm whether Float32 pays.
func (g gemmCase) run(p Precision) []float64 {
	c := append([]float64(nil), g.c...)
	if p == Float32 {
		product := product{p, g.m, g.n, g.k, c, g.ldc, g.a, g.b, g.add, false}
		product.run()
	} else {
		Gemm(p, g.m, g.n, g.k, c, g.ldc, g.a, g.b, g.add)
	}
	return c
}

func (g gemmCase) String() string {
	return fmt.Sprintf("%d×%d×%d, strides %d, %d by %d, %d to %d, add %t", g.m, g.n, g.k, g.a.Row, g.a.Col, g.b.Row, g.b.Col, g.ldc, g.add)
}

// exact fails if a product of integers, or what surrounds it, has other bits.
func (g gemmCase) exact(t *testing.T) {
	t.Helper()
	want, _ := g.naive()
	for _, p := range []Precision{Float64, Float32} {
		for i, got := range g.run(p) {
			if math.Float64bits(got) != math.Float64bits(want[i]) {
				t.Fatalf("%v, precision %d: c[%d] = %g, want %g", g, p, i, got, want[i])
			}
		}
	}
}

// TestGemmEdges: every size up to two tiles and one, with all transposes.
func TestGemmEdges(t *testing.T) {
	onAll(t, func(t *testing.T) {
		r := rand.New(rand.NewPCG(1, 1))
		fill := func(n int) []float64 { return integers(r, n) }
		e, cases := use.float64, 0
		for m := range 2*e.rows + 2 {
			for n := range 2*e.cols + 2 {
				for variant := range 8 {
					newGemmCase(fill, m, n, (m*7+n+variant)%11, variant%3, variant).exact(t)
					cases++
				}
			}
		}
		for k := range 40 {
			for variant := range 8 {
				newGemmCase(fill, e.rows+1, e.cols+1, k, 1, variant).exact(t)
				cases++
			}
		}
		if want := (2*e.rows+2)*(2*e.cols+2)*8 + 320; cases != want {
			t.Errorf("%d cases, want %d", cases, want)
		}
	})
}

// TestGemmBlocks: sizes around those of the blocks, and where another way is
// taken.
func TestGemmBlocks(t *testing.T) {
	shareMore(t)
	onAll(t, func(t *testing.T) {
		r := rand.New(rand.NewPCG(1, 2))
		fill := func(n int) []float64 { return integers(r, n) }
		for variant := range 8 {
			for d := -1; d <= 1; d++ {
				newGemmCase(fill, blockM+d, 9, 5, 1, variant).exact(t)
				newGemmCase(fill, 9, blockN+d, 5, 1, variant).exact(t)
				newGemmCase(fill, 9, 13, blockK+d, 1, variant).exact(t)
				newGemmCase(fill, 9, 13, 2*blockK+d, 1, variant).exact(t)
				newGemmCase(fill, rightDirect+d, leftDirect+d, 20, 1, variant).exact(t)
				newGemmCase(fill, 1, 100+d, 30, 0, variant).exact(t)
				newGemmCase(fill, 100+d, 1, 30, 0, variant).exact(t)
				newGemmCase(fill, 60+d, 150+d, 40, 3, variant).exact(t) // shared
			}
		}
	})
}

// TestGemmRounding: the error of a sum is that of its order.
func TestGemmRounding(t *testing.T) {
	onAll(t, func(t *testing.T) {
		rapid.Check(t, func(t *rapid.T) {
			r := rand.New(rand.NewPCG(1, rapid.Uint64().Draw(t, "seed")))
			fill := func(n int) []float64 { return random(r, n) }
			size := rapid.IntRange(0, 70)
			g := newGemmCase(fill, size.Draw(t, "m"), size.Draw(t, "n"), rapid.IntRange(0, 600).Draw(t, "k"),
				rapid.IntRange(0, 3).Draw(t, "gap"), rapid.IntRange(0, 7).Draw(t, "variant"))
			want, sizes := g.naive()
			for p, unit := range []float64{0x1p-53, 0x1p-24} {
				for i, got := range g.run(Precision(p)) {
					// naive itself rounds k+1 times; a product in float32 also rounds its operands.
					bound := sizes[i] * (float64(g.k+4)*unit + float64(g.k+4)*0x1p-53)
					if math.Abs(got-want[i]) > bound || (want[i] == guard && got != guard) {
						t.Fatalf("%v, precision %d: c[%d] = %g, want %g ± %g", g, p, i, got, want[i], bound)
					}
				}
			}
		})
	})
}

// TestGemmSpecial: a NaN, an infinity, an infinity times 0 reach every entry of
// their row or column, and no other.
func TestGemmSpecial(t *testing.T) {
	shareMore(t)
	onAll(t, func(t *testing.T) {
		r := rand.New(rand.NewPCG(1, 3))
		for _, size := range [][3]int{{1, 1, 1}, {1, 30, 9}, {30, 1, 9}, {9, 25, 7}, {50, 50, 300}, {130, 100, 100}} {
			m, n, k := size[0], size[1], size[2]
			for _, special := range []float64{math.NaN(), math.Inf(1), math.Inf(-1)} {
				for variant := range 4 {
					for _, p := range []Precision{Float64, Float32} {
						g := newGemmCase(func(n int) []float64 { return make([]float64, n) }, m, n, k, 2, variant)
						i, j, l := r.IntN(m), r.IntN(n), r.IntN(k)
						g.a.Data[i*g.a.Row+l*g.a.Col] = special // times zeros
						for at, got := range g.run(p) {
							if row, col := at/g.ldc, at%g.ldc; row < m && col < n && math.IsNaN(got) != (row == i) {
								t.Fatalf("%v: %g at %d, %d of a gives %g at %d, %d", g, special, i, l, got, row, col)
							}
						}
						g.a.Data[i*g.a.Row+l*g.a.Col] = 1
						g.b.Data[l*g.b.Row+j*g.b.Col] = special // once times 1
						for at, got := range g.run(p) {
							want := 0.0
							if row, col := at/g.ldc, at%g.ldc; col == j && row == i {
								want = special
							} else if col == j && row < m {
								want = math.NaN()
							} else if row >= m || col >= n {
								want = guard
							}
							if got != want && !(math.IsNaN(got) && math.IsNaN(want)) {
								t.Fatalf("%v: %g at %d, %d of b gives %g at %d, want %g", g, special, l, j, got, at, want)
							}
						}
					}
				}
			}
		}
	})
}

// TestGemmBits: the bits of an entry do not depend on how many processors there
// are, nor on the matrix around it.
func TestGemmBits(t *testing.T) {
	shareMore(t)
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(0))
	onAll(t, func(t *testing.T) {
		r := rand.New(rand.NewPCG(1, 4))
		for _, size := range [][3]int{{300, 150, 300}, {70, 400, 270}, {2, 3000, 40}, {1, 1 << 10, 400}} {
			for variant := range 8 {
				g := newGemmCase(func(n int) []float64 { return random(r, n) }, size[0], size[1], size[2], 1, variant)
				for _, p := range []Precision{Float64, Float32} {
					runtime.GOMAXPROCS(1)
					want := g.run(p)
					for _, procs := range []int{2, 3, 16, 64} {
						runtime.GOMAXPROCS(procs)
						optest.Equal(t, fmt.Sprintf("%v on %d processors", g, procs), g.run(p), want, optest.Bits())
					}
					if g.m == 1 {
						continue
					}
					// The part from (1, 2) on, alone.
					part := g
					part.m, part.n = g.m-1, g.n-2
					part.a, part.b, part.c = g.a.from(1, 0), g.b.from(0, 2), g.c[g.ldc+2:]
					if part.m == 1 {
						continue
					}
					got := part.run(p)
					for i := range part.m {
						optest.Equal(t, fmt.Sprintf("%v, a part", g), got[i*g.ldc:][:part.n], want[(i+1)*g.ldc+2:][:part.n], optest.Bits())
					}
				}
			}
		}
	})
}

// TestPrecision: Float32 rounds operands, where a product is not narrow.
func TestPrecision(t *testing.T) {
	onAll(t, func(t *testing.T) {
		for _, n := range []int{narrow - 1, narrow, 40} {
			x, c := make([]float64, n*n), make([]float64, n*n)
			for i := range x {
				x[i] = 1 + 0x1p-30
			}
			want := float64(n)
			if n < narrow {
				want *= (1 + 0x1p-30) * (1 + 0x1p-30)
			}
			Gemm(Float32, n, n, n, c, n, RowMajor(x, n), RowMajor(x, n), false)
			for _, got := range c {
				if math.Abs(got-want) > 1e-12 {
					t.Fatalf("%d×%d: %v, want %v", n, n, got, want)
				}
			}
		}
	})
}

// TestConcurrent: products in several goroutines do not meet.
func TestConcurrent(t *testing.T) {
	shareMore(t)
	var wait sync.WaitGroup
	for seed := range uint64(8) {
		wait.Go(func() {
			r := rand.New(rand.NewPCG(2, seed))
			for range 10 {
				g := newGemmCase(func(n int) []float64 { return integers(r, n) }, 50+r.IntN(30), 50+r.IntN(30), 60, 0, r.IntN(8))
				g.exact(t)
			}
		})
	}
	wait.Wait()
}

func TestGemmMisuse(t *testing.T) {
	x := make([]float64, 12)
	for name, f := range map[string]func(){
		"negative":  func() { Gemm(Float64, -1, 2, 2, x, 2, RowMajor(x, 2), RowMajor(x, 2), false) },
		"a short":   func() { Gemm(Float64, 4, 2, 4, make([]float64, 8), 2, RowMajor(x, 4), RowMajor(x, 2), false) },
		"b short":   func() { Gemm(Float64, 2, 4, 4, make([]float64, 8), 4, RowMajor(x, 4), RowMajor(x, 4), false) },
		"c short":   func() { Gemm(Float64, 2, 4, 2, make([]float64, 7), 4, RowMajor(x, 2), RowMajor(x, 4), false) },
		"ldc small": func() { Gemm(Float64, 2, 4, 2, x, 3, RowMajor(x, 2), RowMajor(x, 4), false) },
		"stride":    func() { Gemm(Float64, 2, 2, 2, x, 2, Matrix{x, -2, 1}, RowMajor(x, 2), false) },
	} {
		if !panics(f) {
			t.Errorf("%s: no panic", name)
		}
	}
}

func panics(f func()) (yes bool) {
	defer func() { yes = recover() != nil }()
	f()
	return
}

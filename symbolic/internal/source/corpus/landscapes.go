package corpus

import "math"

//go:generate go run github.com/quartet-ad/ad/symbolic/adgen -func biggs2,biggs4,biggs5,biggs6,branin,linear,penaltyTwo,sphere,concaveRight,concaveLeft,oscillating,wide,bukin,crossInTray,dropWave,eggholder,gramacyLee,holderTable,langermann,levy13,schaffer2,schaffer4,shubert -o landscapes_adgen.go landscapes.go
//go:generate go run github.com/quartet-ad/ad/symbolic/adgen -modes second -func biggs2,biggs4,biggs5,biggs6,branin,linear,penaltyTwo,sphere,concaveRight,concaveLeft,oscillating,wide,bukin,crossInTray,dropWave,eggholder,gramacyLee,holderTable,langermann,levy13,schaffer2,schaffer4,shubert -o landscapes_hvp_adgen.go landscapes.go
//go:generate go run github.com/quartet-ad/ad/symbolic/adgen -func minimalSurface -wrt x -modes reverse,forward,generic,second -o surface_adgen.go landscapes.go

// These are, with those of optimize.go, the test functions that package
// gonum.org/v1/gonum/optimize/functions has.

// decays is a sum of two exponential decays, which Biggs' functions fit.
func decays(z float64) float64 { return math.Exp(-z) - 5*math.Exp(-10*z) }

func biggs2(x []float64) (sum float64) {
	for i := range 10 {
		z := float64(i+1) / 10
		r := math.Exp(-x[0]*z) - 5*math.Exp(-x[1]*z) - decays(z)
		sum += r * r
	}
	return
}

func biggs4(x []float64) (sum float64) {
	for i := range 10 {
		z := float64(i+1) / 10
		r := x[2]*math.Exp(-x[0]*z) - x[3]*math.Exp(-x[1]*z) - decays(z)
		sum += r * r
	}
	return
}

func biggs5(x []float64) (sum float64) {
	for i := range 11 {
		z := float64(i+1) / 10
		r := x[2]*math.Exp(-x[0]*z) - x[3]*math.Exp(-x[1]*z) + 3*math.Exp(-x[4]*z)
		r -= decays(z) + 3*math.Exp(-4*z)
		sum += r * r
	}
	return
}

func biggs6(x []float64) float64 {
	sum := 0.0
	signs := []float64{1, -1, 1}
	for i := range 13 {
		z := float64(i+1) / 10
		r := -decays(z) - 3*math.Exp(-4*z)
		for k, sign := range signs {
			scale := x[5]
			rate := x[4]
			if k < 2 {
				scale, rate = x[2+k], x[k]
			}
			r += sign * scale * math.Exp(-rate*z)
		}
		sum += r * r
	}
	return sum
}

func branin(x []float64) float64 {
	const b, c = 5.1 / (4 * math.Pi * math.Pi), 5 / math.Pi
	d := x[1] - b*x[0]*x[0] + c*x[0] - 6
	return d*d + 10*(1-1/(8*math.Pi))*math.Cos(x[0]) + 10
}

func linear(x []float64) float64 {
	sum := 0.0
	for _, v := range x {
		sum += v
	}
	return sum
}

func penaltyTwo(x []float64) float64 {
	n := len(x)
	first := x[0] - 0.2
	small, ball := 0.0, float64(n)*x[0]*x[0]-1
	for i := 1; i < n; i++ {
		e := math.Exp(x[i] / 10)
		a := e + math.Exp(x[i-1]/10) - math.Exp(float64(i+1)/10) - math.Exp(float64(i)/10)
		b := e - math.Exp(-0.1)
		small += a*a + b*b
		ball += float64(n-i) * x[i] * x[i]
	}
	return first*first + 1e-5*small + ball*ball
}

func sphere(x []float64) (sum float64) {
	for i := range x {
		sum += x[i] * x[i]
	}
	return sum
}

func concaveRight(x []float64) float64 { return -x[0] / (x[0]*x[0] + 2) }

func concaveLeft(x []float64) float64 {
	a := x[0] + 0.004
	a *= a
	return a * a * (x[0] - 1.996)
}

// oscillating is a roof, rounded at the top, with waves on it.
func oscillating(x []float64) float64 {
	const beta, waves = 0.01, 39.0
	y := 2 * (1 - beta) / (waves * math.Pi) * math.Sin(waves*math.Pi/2*x[0])
	d := x[0] - 1
	if math.Abs(d) > beta {
		return y + math.Abs(d)
	}
	return y + (d*d/beta+beta)/2
}

func wide(x []float64) float64 {
	const b1, b2 = 0.01, 0.001
	widths, others := []float64{b2, b1}, []float64{b1, b2}
	y := 0.0
	for i, b := range widths {
		c := others[i]
		d := x[0] - 1 + float64(i)
		y += (math.Sqrt(1+c*c) - c) * math.Sqrt(d*d+b*b)
	}
	return y
}

func bukin(x []float64) float64 {
	return 100*math.Sqrt(math.Abs(x[1]-x[0]*x[0]/100)) + math.Abs(x[0]+10)/100
}

func crossInTray(x []float64) float64 {
	far := math.Abs(100 - math.Sqrt((x[0]*x[0]+x[1]*x[1])/math.Pi))
	waves := math.Sin(x[0]) * math.Sin(x[1])
	return -1e-4 * math.Pow(1+math.Abs(waves*math.Exp(far)), 0.1)
}

func dropWave(x []float64) float64 {
	square := sphere(x)
	return -(1 + math.Cos(12*math.Sqrt(square))) / (2 + square/2)
}

func eggholder(x []float64) float64 {
	a := x[1] + 47
	y := -a * math.Sin(math.Sqrt(math.Abs(a+x[0]/2)))
	return y - x[0]*math.Sin(math.Sqrt(math.Abs(x[0]-a)))
}

func gramacyLee(x []float64) float64 {
	v := x[0]
	return math.Sin(10*math.Pi*v)/(2*v) + math.Pow(v-1, 4)
}

func holderTable(x []float64) float64 {
	s, c := math.Sin(x[0]), math.Cos(x[1])
	return -math.Abs(s * c * math.Exp(math.Abs(1-math.Hypot(x[0], x[1])/math.Pi)))
}

func langermann(x []float64) float64 {
	heights := [5]float64{1, 2, 5, 2, 3}
	centers := []float64{3, 5, 5, 2, 2, 1, 1, 4, 7, 9}
	sum := 0.0
	for i, h := range heights {
		square := 0.0
		for j := range 2 {
			d := x[j] - centers[2*i+j]
			square += d * d
		}
		sum += h * math.Exp(-square/math.Pi) * math.Cos(math.Pi*square)
	}
	return sum
}

func sineSquared(v float64) float64 {
	s := math.Sin(v)
	return s * s
}

func levy13(x []float64) float64 {
	a, b := x[0]-1, x[1]-1
	return sineSquared(3*math.Pi*x[0]) + a*a*(1+sineSquared(3*math.Pi*x[1])) + b*b*(1+sineSquared(2*math.Pi*x[1]))
}

func schaffer2(x []float64) float64 {
	d := 1 + sphere(x)/1000
	return 0.5 + (sineSquared(x[0]*x[0]-x[1]*x[1])-0.5)/(d*d)
}

func schaffer4(x []float64) float64 {
	d := 1 + sphere(x)/1000
	return 0.5 + (math.Cos(math.Sin(math.Abs(x[0]*x[0]-x[1]*x[1])))-0.5)/(d*d)
}

func shubert(x []float64) float64 {
	product := 1.0
	for _, v := range x {
		sum := 0.0
		for k := 1; k <= 5; k++ {
			sum += float64(k) * math.Cos(float64(k+1)*v+float64(k))
		}
		product *= sum
	}
	return product
}

// height is that of a node of a grid: given at the edge, and a variable within.
func height(x, edge []float64, nx, ny, i, j int) float64 {
	if i == 0 || j == 0 || i == nx-1 || j == ny-1 {
		return edge[j*nx+i]
	}
	return x[(j-1)*(nx-2)+i-1]
}

// minimalSurface is the area of a surface over a grid on the unit square, of two triangles for
// each cell.
func minimalSurface(x, edge []float64, nx, ny int) float64 {
	across, up := 1/float64(nx-1), 1/float64(ny-1)
	area := 0.0
	for j := range ny - 1 {
		for i := range nx - 1 {
			a, b := height(x, edge, nx, ny, i, j), height(x, edge, nx, ny, i+1, j)
			c, d := height(x, edge, nx, ny, i, j+1), height(x, edge, nx, ny, i+1, j+1)
			lowX, lowY := (b-a)/across, (c-a)/up
			highX, highY := (d-c)/across, (d-b)/up
			area += math.Sqrt(1+lowX*lowX+lowY*lowY) + math.Sqrt(1+highX*highX+highY*highY)
		}
	}
	return area * across * up / 2
}

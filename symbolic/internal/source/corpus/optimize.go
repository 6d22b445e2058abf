package corpus

import "math"

//go:generate go run github.com/quartet-ad/ad/symbolic/adgen -func beale,biggs3,brownDennis,brownScaled,box,rosenbrock,chainedRosenbrock,freudenstein,gaussian,gulf,helical,himmelblau,penalty,powellBad,powellSingular,trigonometric,variably,watson,wood,extendedPowell,linearRank1,broydenTridiagonal,brownAlmostLinear,zakharov,rastrigin,ackley,levy,styblinski,dixonPrice,sixHump,booth,matyas,mccormick,threeHump,easom,schwefel,griewank -o optimize_adgen.go optimize.go
//go:generate go run github.com/quartet-ad/ad/symbolic/adgen -modes second -func beale,biggs3,brownDennis,brownScaled,box,rosenbrock,chainedRosenbrock,freudenstein,gaussian,gulf,helical,himmelblau,penalty,powellBad,powellSingular,trigonometric,variably,watson,wood,extendedPowell,linearRank1,broydenTridiagonal,brownAlmostLinear,zakharov,rastrigin,ackley,levy,styblinski,dixonPrice,sixHump,booth,matyas,mccormick,threeHump,easom,schwefel,griewank -o optimize_hvp_adgen.go optimize.go

func beale(x []float64) float64 {
	f1 := 1.5 - x[0]*(1-x[1])
	f2 := 2.25 - x[0]*(1-x[1]*x[1])
	f3 := 2.625 - x[0]*(1-x[1]*x[1]*x[1])
	return f1*f1 + f2*f2 + f3*f3
}

func biggs3(x []float64) (sum float64) {
	for i := 1; i <= 10; i++ {
		z := float64(i) / 10
		y := math.Exp(-z) - 5*math.Exp(-10*z)
		f := math.Exp(-x[0]*z) - x[2]*math.Exp(-x[1]*z) - y
		sum += f * f
	}
	return
}

func brownDennis(x []float64) (sum float64) {
	if len(x) < 4 {
		panic("four variables")
	}
	for i := 1; i <= 20; i++ {
		c := float64(i) / 5
		f1 := x[0] + c*x[1] - math.Exp(c)
		f2 := x[2] + x[3]*math.Sin(c) - math.Cos(c)
		f := f1*f1 + f2*f2
		sum += f * f
	}
	return sum
}

func brownScaled(x []float64) float64 {
	a := x[0] - 1e6
	b := x[1] - 2e-6
	c := x[0]*x[1] - 2
	return a*a + b*b + c*c
}

func box(x []float64) (sum float64) {
	for i := 1; i <= 10; i++ {
		c := -float64(i) / 10
		y := math.Exp(c) - math.Exp(10*c)
		f := math.Exp(c*x[0]) - math.Exp(c*x[1]) - x[2]*y
		sum += f * f
	}
	return sum
}

func rosenbrock(x []float64) float64 {
	sum := 0.0
	for i := 0; i < len(x)-1; i++ {
		a := 1 - x[i]
		b := x[i+1] - x[i]*x[i]
		sum += a*a + 100*b*b
	}
	return sum
}

func chainedRosenbrock(x []float64) (y float64) {
	for i := range len(x) - 1 {
		y += 100*math.Pow(x[i+1]-x[i]*x[i], 2) + math.Pow(1-x[i], 2)
	}
	return y
}

func freudenstein(x []float64) float64 {
	f1 := -13 + x[0] + ((5-x[1])*x[1]-2)*x[1]
	f2 := -29 + x[0] + ((x[1]+1)*x[1]-14)*x[1]
	return f1*f1 + f2*f2
}

func gaussian(x []float64) (sum float64) {
	heights := []float64{0.0009, 0.0044, 0.0175, 0.0540, 0.1295, 0.2420, 0.3521, 0.3989}
	for i := 0; i < 15; i++ {
		t := (7 - float64(i)) / 2
		k := i
		if k > 7 {
			k = 14 - k
		}
		d := t - x[2]
		f := x[0]*math.Exp(-x[1]*d*d/2) - heights[k]
		sum += f * f
	}
	return sum
}

func gulf(x []float64) (sum float64) {
	for i := 1; i <= 99; i++ {
		arg := float64(i) / 100
		r := math.Pow(-50*math.Log(arg), 2.0/3.0) + 25 - x[1]
		f := math.Exp(-math.Pow(math.Abs(r), x[2])/x[0]) - arg
		sum += f * f
	}
	return sum
}

func helical(x []float64) float64 {
	theta := 0.5 * math.Atan(x[1]/x[0]) / math.Pi
	if x[0] < 0 {
		theta += 0.5
	}
	f1 := 10 * (x[2] - 10*theta)
	f2 := 10 * (math.Sqrt(x[0]*x[0]+x[1]*x[1]) - 1)
	return f1*f1 + f2*f2 + x[2]*x[2]
}

func himmelblau(x []float64) float64 {
	a := x[0]*x[0] + x[1] - 11
	b := x[0] + x[1]*x[1] - 7
	return a*a + b*b
}

func penalty(x []float64) float64 {
	var s1, s2 float64
	for _, v := range x {
		s1 += (v - 1) * (v - 1)
		s2 += v * v
	}
	s2 -= 0.25
	return 1e-5*s1 + s2*s2
}

func powellBad(x []float64) float64 {
	f1 := 1e4*x[0]*x[1] - 1
	f2 := math.Exp(-x[0]) + math.Exp(-x[1]) - 1.0001
	return f1*f1 + f2*f2
}

func powellSingular(x []float64) float64 {
	f1 := x[0] + 10*x[1]
	f2 := x[2] - x[3]
	f3 := x[1] - 2*x[2]
	f4 := x[0] - x[3]
	t3 := f3 * f3
	t4 := f4 * f4
	return f1*f1 + 5*f2*f2 + t3*t3 + 10*t4*t4
}

func trigonometric(x []float64) (sum float64) {
	var cosines float64
	for _, v := range x {
		cosines += math.Cos(v)
	}
	for i, v := range x {
		f := float64(len(x)+i+1) - float64(i+1)*math.Cos(v) - math.Sin(v) - cosines
		sum += f * f
	}
	return sum
}

func variably(x []float64) float64 {
	var a, b float64
	for i := 0; i < len(x); i++ {
		d := x[i] - 1
		a += d * d
		b += float64(i+1) * d
	}
	b *= b
	return a + b*(1+b)
}

func watson(x []float64) (sum float64) {
	for i := 1; i <= 29; i++ {
		c := float64(i) / 29
		s1 := 0.0
		power := 1.0
		for j := 1; j < len(x); j++ {
			s1 += float64(j) * power * x[j]
			power *= c
		}
		s2 := 0.0
		power = 1
		for _, v := range x {
			s2 += power * v
			power *= c
		}
		t := s1 - s2*s2 - 1
		sum += t * t
	}
	t := x[1] - x[0]*x[0] - 1
	sum += x[0]*x[0] + t*t
	return sum
}

func wood(x []float64) (sum float64) {
	for i := 0; i < len(x)/4; i++ {
		a := x[4*i+1] - x[4*i]*x[4*i]
		b := 1 - x[4*i]
		c := x[4*i+3] - x[4*i+2]*x[4*i+2]
		d := 1 - x[4*i+2]
		e := x[4*i+1] + x[4*i+3] - 2
		f := x[4*i+1] - x[4*i+3]
		sum += 100*a*a + b*b + 90*c*c + d*d + 10*e*e + 0.1*f*f
	}
	return sum
}

func extendedPowell(x []float64) (sum float64) {
	for i := 0; i+3 < len(x); i += 4 {
		f1 := x[i] + 10*x[i+1]
		f2 := x[i+2] - x[i+3]
		t := x[i+1] - 2*x[i+2]
		f3 := t * t
		t = x[i] - x[i+3]
		f4 := math.Sqrt(10) * t * t
		sum += f1*f1 + 5*f2*f2 + f3*f3 + f4*f4
	}
	return sum
}

func linearRank1(x []float64) float64 {
	s := 0.0
	for j, v := range x {
		s += float64(j+1) * v
	}
	y := 0.0
	for i := 1; i <= 2*len(x); i++ {
		f := float64(i)*s - 1
		y += f * f
	}
	return y
}

func broydenTridiagonal(x []float64) (sum float64) {
	n := len(x)
	for i := 0; i < n; i++ {
		f := (3-2*x[i])*x[i] + 1
		if i > 0 {
			f -= x[i-1]
		}
		if i < n-1 {
			f -= 2 * x[i+1]
		}
		sum += f * f
	}
	return sum
}

func brownAlmostLinear(x []float64) float64 {
	n := len(x)
	total, product := -float64(n+1), 1.0
	for _, v := range x {
		total += v
		product *= v
	}
	sum := (product - 1) * (product - 1)
	for i := 0; i < n-1; i++ {
		f := x[i] + total
		sum += f * f
	}
	return sum
}

func zakharov(x []float64) float64 {
	var a, b float64
	for i, v := range x {
		a += v * v
		b += 0.5 * float64(i+1) * v
	}
	return a + math.Pow(b, 2) + math.Pow(b, 4)
}

func rastrigin(x []float64) float64 {
	sum := 10 * float64(len(x))
	for _, v := range x {
		sum += v*v - 10*math.Cos(2*math.Pi*v)
	}
	return sum
}

func ackley(x []float64) float64 {
	var squares, cosines float64
	for _, v := range x {
		squares += v * v
		cosines += math.Cos(2 * math.Pi * v)
	}
	n := float64(len(x))
	return -20*math.Exp(-0.2*math.Sqrt(squares/n)) - math.Exp(cosines/n) + 20 + math.E
}

func levy(x []float64) float64 {
	w := 1 + (x[0]-1)/4
	s := math.Sin(math.Pi * w)
	sum := s * s
	for _, v := range x[:len(x)-1] {
		w = 1 + (v-1)/4
		s = math.Sin(math.Pi*w + 1)
		sum += (w - 1) * (w - 1) * (1 + 10*s*s)
	}
	w = 1 + (x[len(x)-1]-1)/4
	s = math.Sin(2 * math.Pi * w)
	return sum + (w-1)*(w-1)*(1+s*s)
}

func styblinski(x []float64) float64 {
	sum := 0.0
	for _, v := range x {
		sum += v*v*v*v - 16*v*v + 5*v
	}
	return sum / 2
}

func dixonPrice(x []float64) float64 {
	d := x[0] - 1
	sum := d * d
	for i := 1; i < len(x); i++ {
		e := 2*x[i]*x[i] - x[i-1]
		sum += float64(i+1) * e * e
	}
	return sum
}

func sixHump(x []float64) float64 {
	a, b := x[0]*x[0], x[1]*x[1]
	return (4-2.1*a+a*a/3)*a + x[0]*x[1] + (-4+4*b)*b
}

func booth(x []float64) float64 {
	a, b := x[0]+2*x[1]-7, 2*x[0]+x[1]-5
	return a*a + b*b
}

func matyas(x []float64) float64 {
	return 0.26*(x[0]*x[0]+x[1]*x[1]) - 0.48*x[0]*x[1]
}

func mccormick(x []float64) float64 {
	d := x[0] - x[1]
	return math.Sin(x[0]+x[1]) + d*d - 1.5*x[0] + 2.5*x[1] + 1
}

func threeHump(x []float64) float64 {
	a := x[0] * x[0]
	return 2*a - 1.05*a*a + a*a*a/6 + x[0]*x[1] + x[1]*x[1]
}

func easom(x []float64) float64 {
	p, q := x[0]-math.Pi, x[1]-math.Pi
	return -math.Cos(x[0]) * math.Cos(x[1]) * math.Exp(-(p*p + q*q))
}

func schwefel(x []float64) float64 {
	y := 418.9829 * float64(len(x))
	for _, v := range x {
		y -= v * math.Sin(math.Sqrt(math.Abs(v)))
	}
	return y
}

func griewank(x []float64) float64 {
	sum, product := 0.0, 1.0
	for i, v := range x {
		sum += v * v / 4000
		product *= math.Cos(v / math.Sqrt(float64(i+1)))
	}
	return sum - product + 1
}

package corpus

import m "math"

//go:generate go run github.com/quartet-ad/ad/symbolic/adgen -func literals,shadows,localConst,helperLoop,earlyInHelper,stagedSlices,aliases,zeroBranch,untouched,boolFlags,intState,nestedBreaks,rangeOverCopy,earlyGuards,conditionCall,argOfItself,arrayState,negativeSteps,whileOuter,mixedReturns,tieMax,elseIfChain,switchOnFloat,tables -o odd_adgen.go odd.go
//go:generate go run github.com/quartet-ad/ad/symbolic/adgen -modes second -func literals,shadows,localConst,helperLoop,earlyInHelper,stagedSlices,aliases,zeroBranch,untouched,boolFlags,intState,nestedBreaks,rangeOverCopy,earlyGuards,conditionCall,argOfItself,arrayState,negativeSteps,whileOuter,mixedReturns,tieMax,elseIfChain,switchOnFloat,tables -o odd_hvp_adgen.go odd.go

func literals(x []float64) float64 {
	y := x[0]*010 + 0x10 + 1_000*x[1]
	const third = 1.0 / 3
	var h float64 = 0x10
	return y*third - h*x[0] + 'a'*x[1] + x[0]/3*2
}

func shadows(x []float64) float64 {
	y := x[0]
	{
		y := y * x[1]
		if y := y * y; y > 0 {
			x := y + 1
			_ = x
		}
		y *= 3
		x := []float64{y, 2}
		_ = x
	}
	kept, w, yAdj := y*y, y, 2*y
	for i := range x {
		i := float64(i) * y
		w += i * kept
	}
	return y*w + yAdj
}

func localConst(x []float64) float64 {
	const n, h = 3, 0.25
	const last = n - 1
	y := x[0]
	for i := 0; i < n; i++ {
		y += h * x[i%last] * y
	}
	return y * float64(n) * float64(last)
}

func power(b float64, n int) float64 {
	r := 1.0
	for n > 0 {
		if n%2 == 1 {
			r *= b
		}
		b *= b
		n /= 2
	}
	return r
}

func helperLoop(x []float64) float64 { return power(x[0], 5)*power(x[1], 2) + power(power(x[0], 2), 3) }

func find(x []float64, limit float64) float64 {
	for i, v := range x {
		if v > limit {
			return v * float64(i+1)
		} else if v < -limit {
			return v * v
		}
	}
	return limit * limit
}

func earlyInHelper(x []float64) float64 {
	s := 0.0
	for k := range 4 {
		s += find(x, 0.4*float64(k)+0.1*x[0]) * x[k%len(x)]
	}
	return s
}

func stagedSlices(x []float64) float64 {
	n := len(x)
	a, b := make([]float64, n), make([]float64, n)
	for i := range a {
		a[i] = m.Sin(x[i])
	}
	for t := 0; t < 3; t++ {
		for i := range b {
			b[i] = a[i] * a[(i+1)%n]
		}
		for i := range a {
			a[i] = b[i] + 0.5*a[i]*x[t%n]
		}
	}
	s := 1.0
	for _, v := range a {
		s *= 1 + v
	}
	return s
}

func aliases(x []float64) float64 {
	head, tail := x[:2], x[1:]
	mid := tail[:1]
	y := 0.0
	for i, v := range head {
		y += v * tail[i] * mid[0]
	}
	return y + tail[len(tail)-1]*m.Exp(head[0])
}

// zeroBranch has an infinite slope on the path that the result does not come from.
func zeroBranch(x []float64) float64 {
	y := m.Sqrt(x[0])
	z := m.Log(x[1])
	if x[0] < 1 {
		y = 1
	}
	if x[1] > 0 {
		z *= 2
	} else {
		z = x[0]
	}
	return y + z
}

func untouched(x []float64) float64 {
	y := x[0] * x[0]
	if len(x) > 100 {
		y = m.Exp(y)
	}
	if len(x) == 77 {
		return y
	}
	return 3
}

func boolFlags(x []float64) float64 {
	up := true
	y := x[0]
	for i := range 6 {
		if up {
			y = y*1.1 + x[1]
		} else {
			y = m.Cos(y)
		}
		up = i%3 != 0
	}
	return y
}

func intState(x []float64) float64 {
	k, y := 7, x[0]
	for k != 1 {
		if k%2 == 0 {
			k /= 2
			y *= x[1]
		} else {
			k = 3*k + 1
			y = m.Sin(y) + 1/x[1]
		}
	}
	return y
}

func nestedBreaks(x []float64) float64 {
	y := x[0]
	for i := 0; i < 5; i++ {
		if i == 3 && y > 0 {
			y *= 2
			continue
		}
		z := y
		for j := 0; ; j++ {
			z = z*0.9 + x[1]
			if z > 2 || j > i {
				y -= z * z * 0.01
				break
			}
			if j == 1 {
				continue
			}
			z *= y
		}
		if y*y > 50 {
			break
		}
		y += z
	}
	return y * y
}

func rangeOverCopy(x []float64) float64 {
	s := make([]float64, 3)
	s[0] = x[0]
	for i, v := range s {
		if i+1 < len(s) {
			s[i+1] = v*v + x[1]
		}
		s[i] *= 2
	}
	return s[0]*s[1] + s[2]
}

func earlyGuards(x []float64) float64 {
	if x[0] > 100 {
		panic("too large")
	}
	y := x[0] * x[1]
	if y < -1 {
		return y * y
	}
	z := m.Exp(y)
	if z > 3 {
		return z / y
	}
	return z * x[0]
}

func conditionCall(x []float64) float64 {
	if power(x[0], 2) > x[1] {
		return power(x[1], 3)
	}
	if r := find(x, 0.2); r > 0.3 {
		return r * x[0]
	} else if r < 0 {
		return r
	}
	return x[0]
}

func argOfItself(x []float64) float64 {
	y := x[0]
	y = power(y, 2) + y
	y = y * power(y, 2)
	y -= y * x[1]
	y /= y*y + 1
	y *= y + x[0]
	return y
}

func arrayState(x []float64) float64 {
	var s [3]float64
	w := [2]float64{x[0], 2 * x[1]}
	for k := 0; k < 4; k++ {
		s[k%3] += w[k%2] * w[1]
		s[(k+1)%3] *= s[k%3] + 1
		w[0] = s[0] - w[0]
	}
	return s[0] + s[1]*s[2] - w[0]
}

func negativeSteps(x []float64) float64 {
	y := 1.0
	for i := len(x) - 1; i > 0; i-- {
		for j := i; j >= 0; j-- {
			y = y*x[j] + x[i]
		}
		for j := 1; j <= i; j++ {
			if j == 2 {
				break
			}
			y = m.Sin(y * x[j])
		}
		for j := i; j >= 0; j-- {
			if y > 0.9 {
				break
			}
			y += 0.3 * y * x[j]
		}
	}
	return y
}

func whileOuter(x []float64) float64 {
	n, y := 0, x[0]
	for y < 10 && n < 20 {
		inner := 0
		for inner < n {
			y += 0.1 * x[1] * y
			inner++
		}
		n++
	}
	return y
}

func mixedReturns(x []float64) (y float64) {
	y = x[0]
	for i := 0; i < 3; i++ {
		y *= x[1]
		if y > 4 {
			return
		}
		if y < -4 {
			return -y
		}
	}
	y += 2
	return y * y
}

func tieMax(x []float64) float64 {
	return max(x[0], x[1]) + m.Abs(x[0]-x[1]) + min(x[0], 2*x[0], 3) + m.Hypot(x[0]-x[1], 0*x[0]) + m.Pow(x[1], x[0])
}

func elseIfChain(x []float64) float64 {
	s := 0.0
	for _, v := range x {
		if v < -1 {
			s += v * v
		} else if t := v * 2; t < 0 {
			s -= m.Exp(t)
		} else if v == 0 {
			continue
		} else {
			s += t * v
		}
	}
	return s / 2
}

func switchOnFloat(x []float64) float64 {
	switch t := x[0] * 2; {
	case t < 0, t > 10:
		return t * x[1]
	case t >= 1 && t <= 2:
		return m.Sqrt(t)
	default:
		return x[1] / t
	}
}

// tables has data in literals, which are constants.
func tables(x []float64) float64 {
	var (
		heights = [3]float64{1, 2, 5}
		centers = [3][2]float64{
			{3, 5},
			{5, 2},
			{2, 1},
		}
	)
	var f float64
	for i, h := range heights {
		var squares float64
		for j, c := range centers[i] {
			d := x[j] - c
			squares += d * d
		}
		f += h * m.Exp(-squares/m.Pi) * m.Cos(m.Pi*squares)
	}
	return f
}

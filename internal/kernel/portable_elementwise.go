package kernel

import "math"

// Arithmetic on every element, in Go alone.

func addGo(n int, dst, x, y *float64) {
	d, u, v := slice(dst, n), slice(x, n), slice(y, n)
	for i := range d {
		d[i] = u[i] + v[i]
	}
}

func subGo(n int, dst, x, y *float64) {
	d, u, v := slice(dst, n), slice(x, n), slice(y, n)
	for i := range d {
		d[i] = u[i] - v[i]
	}
}

func mulGo(n int, dst, x, y *float64) {
	d, u, v := slice(dst, n), slice(x, n), slice(y, n)
	for i := range d {
		d[i] = u[i] * v[i]
	}
}

func divGo(n int, dst, x, y *float64) {
	d, u, v := slice(dst, n), slice(x, n), slice(y, n)
	for i := range d {
		d[i] = u[i] / v[i]
	}
}

func maxGo(n int, dst, x, y *float64) {
	d, u, v := slice(dst, n), slice(x, n), slice(y, n)
	for i := range d {
		d[i] = max(u[i], v[i])
	}
}

func minGo(n int, dst, x, y *float64) {
	d, u, v := slice(dst, n), slice(x, n), slice(y, n)
	for i := range d {
		d[i] = min(u[i], v[i])
	}
}

func mulAddGo(n int, dst, x, y *float64) {
	d, u, v := slice(dst, n), slice(x, n), slice(y, n)
	for i := range d {
		d[i] += u[i] * v[i]
	}
}

func addPositiveGo(n int, dst, x, y *float64) {
	d, u, v := slice(dst, n), slice(x, n), slice(y, n)
	for i := range d {
		switch {
		case v[i] == 0:
		case u[i] > 0:
			d[i] += v[i]
		case u[i] != u[i]:
			d[i] = u[i]
		}
	}
}

func mulShiftedGo(n int, dst, x, y *float64, a float64) {
	d, u, v := slice(dst, n), slice(x, n), slice(y, n)
	for i := range d {
		d[i] += u[i] * (v[i] + a)
	}
}

func scaleGo(n int, dst, x *float64, a float64) {
	d, u := slice(dst, n), slice(x, n)
	for i := range d {
		d[i] = a * u[i]
	}
}

func shiftGo(n int, dst, x *float64, a float64) {
	d, u := slice(dst, n), slice(x, n)
	for i := range d {
		d[i] = u[i] + a
	}
}

func overGo(n int, dst, x *float64, a float64) {
	d, u := slice(dst, n), slice(x, n)
	for i := range d {
		d[i] = u[i] / a
	}
}

func axpyGo(n int, dst, x *float64, a float64) {
	d, u := slice(dst, n), slice(x, n)
	for i := range d {
		d[i] += a * u[i]
	}
}

func expShiftedGo(n int, dst, x *float64, a float64) {
	d, u := slice(dst, n), slice(x, n)
	for i := range d {
		d[i] = expGo(u[i] + a)
	}
}

func reluGo(x float64) float64 {
	if x < 0 {
		return 0
	}
	return x
}

func sigmoidSlopeGo(x float64) float64 {
	e := math.Exp(-math.Abs(x))
	return e / ((1 + e) * (1 + e))
}

func tanhSlopeGo(x float64) float64 {
	e := math.Exp(-2 * math.Abs(x))
	return 4 * e / ((1 + e) * (1 + e))
}

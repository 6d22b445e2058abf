package adbench

import (
	_ "embed"
	"fmt"
	"math"
	"strconv"
	"strings"

	"github.com/quartet-ad/ad"
)

// A Mixture is what a Gaussian mixture model is fitted to: points of dimension
// d, the number k of components, and the two parameters gamma and m of the
// Wishart prior of their inverse covariances.
type Mixture struct {
	d, k   int
	points [][]float64
	gamma  float64
	m      int
}

//go:embed testdata/gmm/d2_K5.txt
var smallMixture string

// ParseMixture reads a model and its parameters as ADBench writes them: d, k and
// the number of points, the parameters in the order that LogPosterior takes them in, the
// points, gamma and m.
func ParseMixture(text string) (g *Mixture, x []float64, err error) {
	words := strings.Fields(text)
	v := make([]float64, len(words))
	for i, word := range words {
		if v[i], err = strconv.ParseFloat(word, 64); err != nil {
			return nil, nil, fmt.Errorf("number %d: %v", i+1, err)
		}
	}
	if len(v) < 3 {
		return nil, nil, fmt.Errorf("%d numbers, want d, k and n", len(v))
	}
	d, k, n := int(v[0]), int(v[1]), int(v[2])
	if d < 1 || k < 1 || n < 0 || max(d, k, n) > len(v) {
		return nil, nil, fmt.Errorf("d, k, n = %d, %d, %d in a text of %d numbers", d, k, n, len(v))
	}
	size := k * (1 + d + d*(d+1)/2)
	if want := 3 + size + n*d + 2; len(v) != want {
		return nil, nil, fmt.Errorf("%d numbers, want %d", len(v), want)
	}
	x, v = v[3:3+size], v[3+size:]
	g = &Mixture{d: d, k: k, gamma: v[n*d], m: int(v[n*d+1])}
	for p := range n {
		g.points = append(g.points, v[p*d:(p+1)*d])
	}
	return g, x, nil
}

// SmallMixture returns the model d2 K5 with the first n of its 1000 points, and its
// parameters.
func SmallMixture(n int) (g *Mixture, x []float64) {
	g, x, err := ParseMixture(smallMixture)
	if err != nil {
		panic("adbench: testdata/gmm/d2_K5.txt: " + err.Error())
	}
	g.points = g.points[:n]
	return g, x
}

// LogPosterior returns the logarithm of the posterior density of a mixture, up to sign
// conventions the objective of ADBench (Šrajer, Kukelova and Fitzgibbon 2018,
// section 4.1), as a function of the parameters: the logarithms of the weights α
// up to a common constant, the means μ, and for every component the logarithms
// of the diagonal of a lower triangular Q, then what is below it, column by
// column. QᵀQ is the inverse of the covariance.
//
// The density of a component at x is that of an exponential family,
//
//	log|Q| - ½‖Q(x-μ)‖² = (log|Q| - ½‖b‖²)·1 + (Qᵀb)·x - ½ Σ (QᵀQ)ᵢⱼ xᵢxⱼ,  b = Qμ,
//
// so that it takes one statement a point: the dot product of the natural
// parameters with statistics of the point, which are constants. That is as
// accurate as the form on the left unless the means lie many standard deviations
// from the origin.
func LogPosterior[T ad.Scalar[T]](g *Mixture) func([]T) T {
	statistics := make([][]T, len(g.points))
	for p, x := range g.points {
		statistics[p] = sufficient[T](x)
	}
	d, k, size := g.d, g.k, g.d*(g.d+1)/2
	return func(x []T) T {
		alpha, mu, icf := x[:k], x[k:k+k*d], x[k+k*d:]
		prior := make([]T, k)
		natural := make([][]T, k)
		for c := range k {
			q := icf[c*size : (c+1)*size]
			columns := lower(q, d)
			logDet := ad.Sum(q[:d])
			natural[c] = naturals(alpha[c].Add(logDet), columns, mu[c*d:(c+1)*d])
			var squares []T
			for _, column := range columns {
				squares = append(squares, column...)
			}
			prior[c] = ad.Const[T](g.gamma * g.gamma / 2).Mul(ad.SumSq(squares)).Sub(ad.Const[T](float64(g.m)).Mul(logDet))
		}
		terms, sums := make([]T, k), make([]T, len(statistics))
		for p, s := range statistics {
			for c := range terms {
				terms[c] = ad.Dot(natural[c], s)
			}
			sums[p] = ad.LogSumExp(terms)
		}
		n := ad.Const[T](float64(len(g.points)))
		return ad.Sum(sums).Sub(n.Mul(ad.LogSumExp(alpha))).Add(ad.Sum(prior)).Add(ad.Const[T](g.constant()))
	}
}

// lower returns the columns of a lower triangular matrix from its diagonal down,
// given the logarithms of its diagonal and what is below it.
func lower[T ad.Scalar[T]](q []T, d int) [][]T {
	columns := make([][]T, d)
	below := q[d:]
	for j := range columns {
		columns[j] = append([]T{ad.Exp(q[j])}, below[:d-1-j]...)
		below = below[d-1-j:]
	}
	return columns
}

// naturals returns the natural parameters of a normal density with the inverse
// covariance QᵀQ, scaled to have the given logarithm at its mean. Their order is
// that of sufficient.
func naturals[T ad.Scalar[T]](log T, columns [][]T, mean []T) []T {
	b := make([]T, len(mean))
	row := make([]T, 0, len(mean))
	for i := range b {
		row = row[:0]
		for j := range i + 1 {
			row = append(row, columns[j][i-j])
		}
		b[i] = ad.Dot(row, mean[:i+1])
	}
	eta := []T{log.Sub(ad.Const[T](0.5).Mul(ad.SumSq(b)))}
	for j, column := range columns {
		eta = append(eta, ad.Dot(column, b[j:]))
	}
	for i, column := range columns {
		for j := range i + 1 {
			eta = append(eta, ad.Dot(column, columns[j][i-j:]))
		}
	}
	return eta
}

// sufficient returns the statistics of a point: 1, the point, -½ of its squares
// and the negative products of every two of its entries.
func sufficient[T ad.Scalar[T]](x []float64) []T {
	s := []T{ad.Const[T](1)}
	for _, v := range x {
		s = append(s, ad.Const[T](v))
	}
	for i, v := range x {
		for _, w := range x[:i] {
			s = append(s, ad.Const[T](-v*w))
		}
		s = append(s, ad.Const[T](-v*v/2))
	}
	return s
}

// constant returns what does not depend on the parameters: the constants of the
// normal densities and of the prior.
func (g *Mixture) constant() float64 {
	const pi = 3.14159265359 // ADBench's: the expected values depend on it
	d, n := float64(g.d), float64(len(g.points))
	freedom := d + float64(g.m) + 1
	logGamma := d * (d - 1) / 4 * math.Log(pi)
	for j := range g.d {
		l, _ := math.Lgamma((freedom - float64(j)) / 2)
		logGamma += l
	}
	wishart := freedom*d*(math.Log(g.gamma)-math.Ln2/2) - logGamma
	return -n*d*math.Log(2*pi)/2 - float64(g.k)*wishart
}

package ad

import (
	"fmt"
	"reflect"
)

// Flatten returns the numbers of type T in s, in the order in which they stand there:
// the fields of structs, the elements of arrays and slices, what pointers point to, and
// those of the same within each other. Whatever else s has is left out.
//
// With a struct that is generic over its numbers, parameters have names:
//
//	type curve[T any] struct {
//		Scale T
//		Shape [3]T
//	}
//
//	x := ad.Flatten[float64](curve[float64]{1, [3]float64{0.5, 0, 2}})
//
// Flatten panics if there are numbers in an unexported field, which Unflatten could not
// set.
//
// Cost: reflection, about 100 ns for a number (BenchmarkUnflatten).
func Flatten[T, S any](s S) []T {
	var x []T
	each(reflect.ValueOf(&s).Elem(), nil, 0, func(v *T) { x = append(x, *v) })
	return x
}

// Unflatten sets the numbers of type T in s to x, in the order of Flatten. Slices in s
// must have their lengths already.
//
//	func misfit[T ad.Scalar[T]](x []T) T {
//		var c curve[T]
//		ad.Unflatten(&c, x)
//		…
//	}
//
// Unflatten panics if s has more numbers than x, or fewer, or some in an unexported
// field.
//
// Cost: as Flatten.
func Unflatten[S, T any](s *S, x []T) {
	n := 0
	each(reflect.ValueOf(s).Elem(), nil, 0, func(v *T) {
		if n < len(x) {
			*v = x[n]
		}
		n++
	})
	if n != len(x) {
		panic(fmt.Sprintf("ad: Unflatten of %d numbers to a %T, which has %d", len(x), *s, n))
	}
}

// each calls f with every number of type T in v, which lies in field i of a struct.
func each[T any](v reflect.Value, in reflect.Type, i int, f func(*T)) {
	if v.Type() == reflect.TypeFor[T]() {
		if !v.CanInterface() {
			panic("ad: Flatten of the unexported field " + in.Field(i).Name)
		}
		f(v.Addr().Interface().(*T))
		return
	}
	switch v.Kind() {
	case reflect.Struct:
		for k := range v.NumField() {
			each(v.Field(k), v.Type(), k, f)
		}
	case reflect.Array, reflect.Slice:
		for k := range v.Len() {
			each(v.Index(k), in, i, f)
		}
	case reflect.Pointer:
		if !v.IsNil() {
			each(v.Elem(), in, i, f)
		}
	}
}

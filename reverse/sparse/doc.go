// Package sparse finds sparse Jacobians and Hessians with few products.
//
// A [Pattern] says which entries of a matrix may differ from 0. A [Coloring]
// groups columns and rows so that one matrix-vector product gives the entries of
// a whole group: a band of width 3 takes 3 products, whatever its size. A [Matrix]
// holds the entries, as a matrix of gonum's package mat.
//
//	c := sparse.ColorColumns(sparse.Band(n, n, 1, 1))
//	j := sparse.NewMatrix(c.Pattern(), nil)
//	c.Recover(j, jvp, nil) // calls jvp(dst, v) 3 times
//
// The products may come from anywhere: from reverse.JVPTo, from dual, from
// differences, or from a solver of your own. A recorded function of package
// reverse finds its pattern and its colors itself (Func.SparseJacobian,
// Func.SparseHessian).
//
// # Files
//
//	pattern.go                 which entries there are
//	coloring.go, recover.go    a coloring, and the products that it asks for
//	columns.go, both.go        colorings for Jacobians
//	symmetric.go, order.go     colorings for Hessians; the order of coloring
//	matrix.go, gonum.go        the entries, and gonum's matrices of them
package sparse

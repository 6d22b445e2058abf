// Package notes is a course in deep learning that computes everything it shows: a chapter for
// every section of Ao Zhang's Deep Learning Reviews (2021), as a page and as text.
package notes

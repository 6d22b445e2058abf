// Package outside holds what the readers of bytes from outside share, so that none of them
// trusts what a file says of itself:
//
//	quote.go    texts of errors, which do not grow with what they tell of
//	text.go     text with its byte order mark left out
//	numbers.go  numbers, for which memory is taken as they come
//	list.go     lists that grow
package outside

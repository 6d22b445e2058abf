package main

// What does not compile in a package's tests is no matter.
var broken int = "text"

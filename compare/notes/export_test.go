package notes

// Confusion fills a confusion matrix, for the Examples.
var Confusion = confusion

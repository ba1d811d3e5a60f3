// The first file of this target; it goes when the target has its own.

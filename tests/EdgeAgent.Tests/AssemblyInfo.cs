// Some tests load probes, measure shared state of the kernel or set variables of this process.
[assembly: CollectionBehavior(DisableTestParallelization = true)]

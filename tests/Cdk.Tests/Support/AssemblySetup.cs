using System.Runtime.Versioning;

// The install script and file modes are of Linux.
[assembly: SupportedOSPlatform("linux")]

// The bridge from .NET to Node is one process with one conversation; two stacks cannot be built at the same time.
[assembly: CollectionBehavior(DisableTestParallelization = true)]

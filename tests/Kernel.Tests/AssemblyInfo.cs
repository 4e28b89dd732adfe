using System.Runtime.Versioning;

// Each class runs an agent of its own; one at a time keeps a small machine's measurements and time-outs honest.
[assembly: CollectionBehavior(DisableTestParallelization = true)]

[assembly: SupportedOSPlatform("linux")]

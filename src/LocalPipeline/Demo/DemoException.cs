namespace LocalPipeline.Demo;

/// <summary>The demo cannot be played here; the message says why and what to do.</summary>
internal sealed class DemoException(string message) : Exception(message);

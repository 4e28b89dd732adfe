namespace EdgeAgent.Delivery;

/// <summary>A sink cannot be made as configured; the message says which key to change.</summary>
public sealed class SinkException(string message, Exception inner) : Exception(message, inner);

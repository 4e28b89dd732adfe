using Wire.Text;

namespace EdgeAgent.Health;

/// <summary>Clients of an endpoint that got no answer because of a fault of the agent. The first is reported: whoever asks often must not fill the log. Thread-safe.</summary>
/// <param name="option">Option that opens the endpoint.</param>
/// <param name="report">Receives what a person must know; called by any thread.</param>
internal sealed class UnansweredClients(string option, Action<string> report)
{
    private int _isReported;

    /// <summary>Takes notice of one.</summary>
    internal void Add(Exception fault)
    {
        if (Interlocked.Exchange(ref _isReported, 1) == 0)
        {
            report($"{option}: a client got no answer: {fault.GetType().Name}: {SafeText.Escape(fault.Message)}; the next ones are served, and further faults are not told");
        }
    }
}

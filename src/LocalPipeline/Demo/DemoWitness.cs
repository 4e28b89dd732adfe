using EdgeAgent.Batching;
using EdgeAgent.Delivery;
using Wire.Model;

namespace LocalPipeline.Demo;

/// <summary>Looks at the events on their way: finds the sudo of the demo's process and the first open of /etc/shadow that follows from it.</summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class DemoWitness : IRecordSink
{
    private readonly Lock _lock = new();
    private readonly List<HostEvent> _events = [];

    /// <inheritdoc/>
    public string Name => "demo";

    /// <inheritdoc/>
    public Task<ShipOutcome> ShipAsync(Batch batch, CancellationToken cancellation)
    {
        lock (_lock)
        {
            _events.AddRange(batch.Decode().Events.Where(e => (e.Flags & EventFlags.Sensitive) != 0));
        }

        return Task.FromResult(ShipOutcome.Delivered);
    }

    /// <summary>The exec of sudo by the process with that pid, and the first open of /etc/shadow by it or a descendant; null while unseen.</summary>
    internal (ExecEvent? Sudo, FileOpenEvent? Open) Find(int pid)
    {
        lock (_lock)
        {
            var sudo = _events.OfType<ExecEvent>().FirstOrDefault(
                e => e.Process.Key.Pid == pid && e.Process.Image.EndsWith("/sudo", StringComparison.Ordinal));
            var open = sudo is null ? null : _events.OfType<FileOpenEvent>()
                .Where(e => e.Path == "/etc/shadow" && e.Process.Lineage().Any(node => node.Key == sudo.Process.Key))
                .MinBy(e => e.TimeNs);
            return (sudo, open);
        }
    }
}

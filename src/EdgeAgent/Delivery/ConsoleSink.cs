using System.Globalization;
using System.Net;
using Detection.Taxonomy;
using EdgeAgent.Batching;
using Wire.Model;
using Wire.Text;

namespace EdgeAgent.Delivery;

/// <summary>Lines for people and for log shippers that match on them: watched files and commands, external traffic.</summary>
/// <remarks>
/// The words and their order are a contract with what reads them; values are escaped so that no name can forge a line. A batch that
/// could not be written is tried again whole: a reader may see lines twice.
/// </remarks>
internal sealed class ConsoleSink(TextWriter output) : IRecordSink
{
    /// <inheritdoc/>
    public string Name => "console";

    /// <inheritdoc/>
    public async Task<ShipOutcome> ShipAsync(Batch batch, CancellationToken cancellation)
    {
        try
        {
            foreach (var line in batch.Decode().Events.Select(LineOf).OfType<string>())
            {
                await output.WriteLineAsync(line.AsMemory(), cancellation);
            }

            await output.FlushAsync(cancellation);
            return ShipOutcome.Delivered;
        }
        catch (IOException e)
        {
            return ShipOutcome.Retry(e.Message);
        }
    }

    /// <summary>The event's line, or null when it has none.</summary>
    internal static string? LineOf(HostEvent e) => Line(e) is { } line ? line + More(e) : null;

    private static string? Line(HostEvent e) => e switch
    {
        ExecEvent exec when IsSensitive(e) =>
            $"🚨 SENSITIVE: {Actor(e, exec.CallerComm.Length > 0 ? exec.CallerComm : e.Process.Comm)} OP=exec FILE={SafeText.Escape(e.Process.Image)}",
        FileOpenEvent open when IsSensitive(e) =>
            $"🚨 SENSITIVE: {Actor(e, e.Process.Comm)} OP=open{Refusal(open.Error)} FILE={SafeText.Escape(open.Path)}",
        CallEvent call when IsSensitive(e) =>
            $"🚨 SENSITIVE: {Actor(e, e.Process.Comm)} OP={CallNames.Of(call.Call)}{Refusal(call.Error)} FILE={SafeText.Escape(call.Path)}{Source(call)}",
        CallEvent call => $"🔧 CALL: {Actor(e, e.Process.Comm)} OP={CallNames.Of(call.Call)}{Refusal(call.Error)}",
        NetworkEvent network =>
            $"🌐 EXTERNAL: {Actor(e, e.Process.Comm)} OP={(e.Kind == EventKind.Send ? "send" : "conn")} DST={Destination(network)}",
        _ => null,
    };

    private static string More(HostEvent e) =>
        e.Repeated == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $" ({e.Repeated} more like this)");

    private static bool IsSensitive(HostEvent e) => (e.Flags & EventFlags.Sensitive) != 0;

    private static string Actor(HostEvent e, string comm)
    {
        var who = e.Credentials.ChangedPrivilege
            ? $"UID={e.Credentials.Uid}({Word(e.UserName)})→{e.Credentials.Euid}({Word(e.EffectiveUserName)})"
            : $"UID={e.Credentials.Uid} USER={Word(e.UserName)}";
        return string.Create(CultureInfo.InvariantCulture, $"PID={e.Process.Key.Pid} {who} COMM={Word(comm)}");
    }

    private static string Refusal(ushort error) => error == 0 ? "" : $" ERROR={ErrorNames.Of(error)}";

    private static string Source(CallEvent call) => call.OtherPath.Length == 0 ? "" : $" SOURCE={SafeText.Escape(call.OtherPath)}";

    private static string Destination(NetworkEvent e) => new IPEndPoint(e.Address, e.Port).ToString();

    /// <summary>A value in the middle of a line: without spaces, which divide the fields.</summary>
    private static string Word(string text) => SafeText.Escape(text).Replace(" ", "\\x20", StringComparison.Ordinal);
}

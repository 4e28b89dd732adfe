using System.Globalization;
using System.Text;
using Wire.Model;
using Wire.Text;

namespace Support;

/// <summary>
/// All properties of an event, its lineage included, as text that is the same for equal events and differs for different ones.
/// For comparing round trips and for golden files; the form may only change together with the golden files.
/// </summary>
public static class EventText
{
    /// <summary>Several lines, each ending in a line feed; the lineage comes last, youngest process first.</summary>
    public static string Of(HostEvent @event)
    {
        var text = new StringBuilder();
        var actor = @event.Credentials;
        Line(text, $"{@event.Kind} lane={@event.Lane} sequence={@event.Sequence} boot={@event.BootNs} time={@event.TimeNs}");
        Line(text, $"  {Of(@event.Host)}");
        Line(text, $"  {Of(actor)}");
        Line(text, $"  user={Quote(@event.UserName)} effective={Quote(@event.EffectiveUserName)} loginUser={Quote(@event.LoginUserName)}");
        Line(text, $"  thread={@event.ThreadId} cpu={@event.Cpu} flags=[{@event.Flags}] origin=[{@event.Origin}] cgroup={@event.CgroupId}{Container(@event)}{Repeated(@event)}");
        Line(text, $"  {OfKind(@event)}");
        Surroundings(text, @event);
        foreach (var node in @event.Process.Lineage())
        {
            Line(text, $"  {Of(node)}");
        }

        return text.ToString();
    }

    /// <summary>One line, without a line feed.</summary>
    public static string Of(HostIdentity host)
    {
        var cloud = host.Cloud is { } c
            ? $"account={Quote(c.AccountId)} region={Quote(c.Region)} zone={Quote(c.AvailabilityZone)} "
                + $"instance={Quote(c.InstanceId)} type={Quote(c.InstanceType)}"
            : "no-cloud";
        return $"host={Quote(host.HostId)} boot={host.BootId} name={Quote(host.HostName)} {cloud}";
    }

    /// <summary>One line without a line feed; says nothing of the parent.</summary>
    public static string Of(ProcessNode node) => string.Create(
        CultureInfo.InvariantCulture,
        $"process={Of(node.Key)} uid={node.Uid} user={Quote(node.UserName)} comm={Quote(node.Comm)} image={Quote(node.Image)} "
        + $"cwd={Quote(node.CurrentDirectory)} args=[{string.Join(',', node.Arguments.Select(Quote))}]"
        + $"{(node.ArgumentsTruncated ? " args-truncated" : "")}{(node.LineageTruncated ? " lineage-truncated" : "")}");

    // Left out when empty: the golden files from before there were container ids have none.
    private static string Container(HostEvent @event) => @event.ContainerId.Length > 0 ? $" container={Quote(@event.ContainerId)}" : "";

    // Left out when nothing is known, for the same reason.
    private static void Surroundings(StringBuilder text, HostEvent e)
    {
        if (e.Credentials.Capabilities != 0 || e.Terminal != 0 || e.Namespaces != default)
        {
            Line(text, $"  capabilities={e.Credentials.Capabilities:x} terminal={e.Terminal} namespaces={e.Namespaces.Mount},{e.Namespaces.Pid},{e.Namespaces.Network},{e.Namespaces.User}");
        }
    }

    private static string Repeated(HostEvent @event) =>
        @event.Repeated > 0 || @event.RepeatedNs > 0 ? $" repeated={@event.Repeated} within={@event.RepeatedNs}" : "";

    private static string Of(Credentials actor) => string.Create(
        CultureInfo.InvariantCulture,
        $"uid={actor.Uid} euid={actor.Euid} gid={actor.Gid} egid={actor.Egid} login={actor.LoginUid} audit={actor.AuditSession} "
        + $"session={Of(actor.Session)}");

    private static string OfKind(HostEvent @event) => @event switch
    {
        ExecEvent e => $"file={Of(e.File)} path-flags=[{e.PathFlags}] asked={Quote(e.AskedPath)} interpreter={Quote(e.Interpreter)} "
            + $"caller={Quote(e.CallerComm)}",
        ForkEvent e => $"child={Of(e.Child)}",
        ExitEvent e => string.Create(CultureInfo.InvariantCulture, $"exit={e.ExitCode}"),
        FileOpenEvent e => $"path={Quote(e.Path)} asked={Quote(e.AskedPath)} path-flags=[{e.PathFlags}] file={Of(e.File)} "
            + $"open=0x{e.OpenFlags:x}{(e.Error == 0 ? "" : $" error={e.Error}")}",
        CallEvent e => $"call={e.Call} path={Quote(e.Path)} other={Quote(e.OtherPath)} path-flags=[{e.PathFlags}] file={Of(e.File)} "
            + $"error={e.Error} arguments={e.Arguments.First:x},{e.Arguments.Second:x},{e.Arguments.Third:x},{e.Arguments.Fourth:x}",
        NetworkEvent e => string.Create(CultureInfo.InvariantCulture, $"address={e.Address} port={e.Port} protocol={e.Protocol}"),
        _ => throw new ArgumentException($"no text for {@event.GetType().Name}", nameof(@event)),
    };

    private static string Of(ProcessKey key) => string.Create(CultureInfo.InvariantCulture, $"{key.Pid}@{key.StartNs}");

    private static string Of(FileIdentity file) =>
        string.Create(CultureInfo.InvariantCulture, $"{file.Device:x}:{file.Inode} mode={Convert.ToString(file.Mode, 8)} links={file.LinkCount}");

    private static string Quote(string text) => $"\"{SafeText.Escape(text).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";

    private static void Line(StringBuilder text, FormattableString line) =>
        text.Append(line.ToString(CultureInfo.InvariantCulture)).Append('\n');
}

using System.Net.Sockets;
using Wire.Model;

namespace Detection.Taxonomy;

/// <summary>The fields of an event of our sensor. Made once and turned to one event after another; not thread-safe.</summary>
public sealed class HostEventView : EventView
{
    private readonly List<LogSource> _sources = [];
    private int _record;
    private HostEvent? _event;
    private string? _commandLine;
    private string? _parentCommandLine;

    /// <summary>The event now in view.</summary>
    /// <exception cref="InvalidOperationException">Nothing was shown yet.</exception>
    public override HostEvent Event => _event ?? throw new InvalidOperationException("no event in view");

    /// <inheritdoc/>
    public override int RecordCount => _sources.Count;

    /// <inheritdoc/>
    public override LogSource Source => _sources[_record];

    /// <summary>Turns the view to <paramref name="e"/>.</summary>
    public void Show(HostEvent e)
    {
        _event = e;
        _record = 0;
        _sources.Clear();
        var categories = HostTaxonomy.CategoriesOf(e);
        for (var bit = 1; bit <= (int)categories; bit <<= 1)
        {
            if (((int)categories & bit) != 0)
            {
                _sources.Add(HostTaxonomy.SourceOf((EventCategory)bit));
            }
        }

        if (_sources.Count == 0)
        {
            _sources.Add(HostTaxonomy.SourceOf(EventCategory.None));
        }

        _commandLine = null;
        _parentCommandLine = null;
    }

    /// <inheritdoc/>
    public override void ShowRecord(int index) => _record = index;

    /// <inheritdoc/>
    public override bool TryGetSearchable(int index, out FieldValue value)
    {
        value = default;
        return false;
    }

    /// <inheritdoc/>
    public override FieldValue Get(Field field)
    {
        var e = Event;
        return field.Source switch
        {
            HostField.Image => FieldValue.KnownText(e.Process.Image),
            HostField.CommandLine => CommandLine(e.Process, ref _commandLine),
            HostField.CurrentDirectory => FieldValue.KnownText(e.Process.CurrentDirectory),
            HostField.User => FieldValue.KnownText(e.UserName),
            HostField.ParentImage => FieldValue.KnownText(e.Process.Parent?.Image ?? ""),
            HostField.ParentCommandLine => CommandLine(e.Process.Parent, ref _parentCommandLine),
            HostField.ParentUser => FieldValue.KnownText(e.Process.Parent?.UserName ?? ""),
            HostField.ProcessId => KnownNumber(e.Process.Key.Pid, 0),
            HostField.ParentProcessId => KnownNumber(e.Process.Parent?.Key.Pid ?? 0, 0),
            HostField.Comm => FieldValue.KnownText(e.Process.Comm),
            HostField.ParentComm => FieldValue.KnownText(e.Process.Parent?.Comm ?? ""),
            HostField.Uid => FieldValue.Of(e.Credentials.Uid),
            HostField.Euid => FieldValue.Of(e.Credentials.Euid),
            HostField.Gid => FieldValue.Of(e.Credentials.Gid),
            HostField.Egid => FieldValue.Of(e.Credentials.Egid),
            HostField.EffectiveUser => FieldValue.KnownText(e.EffectiveUserName),
            HostField.LoginUid => KnownNumber(e.Credentials.LoginUid, Credentials.Unset),
            HostField.LoginUser => FieldValue.KnownText(e.LoginUserName),
            HostField.AuditSession => KnownNumber(e.Credentials.AuditSession, Credentials.Unset),
            HostField.OriginAbi => FieldValue.Of((e.Origin & OriginFlags.Compat32) != 0 ? "compat32" : "native"),
            HostField.CgroupId => e.CgroupId == 0 ? default : FieldValue.Of(e.CgroupId),
            HostField.HostId => FieldValue.Of(e.Host.HostId),
            HostField.HostName => FieldValue.KnownText(e.Host.HostName),
            HostField.AccountId => FieldValue.KnownText(e.Host.Cloud?.AccountId ?? ""),
            HostField.Region => FieldValue.KnownText(e.Host.Cloud?.Region ?? ""),
            HostField.InstanceId => FieldValue.KnownText(e.Host.Cloud?.InstanceId ?? ""),
            HostField.Sensitive => FieldValue.Of((e.Flags & EventFlags.Sensitive) != 0),
            _ => OfKind(e, field.Source),
        };
    }

    private static FieldValue OfKind(HostEvent e, HostField field) => e switch
    {
        ExecEvent exec => OfExec(exec, field),
        FileOpenEvent open => OfOpen(open, field),
        NetworkEvent network => OfNetwork(network, field),
        ExitEvent exit when field == HostField.ExitCode => FieldValue.Of(exit.ExitCode),
        _ => default,
    };

    private static FieldValue OfExec(ExecEvent e, HostField field) => field switch
    {
        HostField.Interpreter => FieldValue.KnownText(e.Interpreter),
        HostField.CallerComm => FieldValue.KnownText(e.CallerComm),
        HostField.ArgumentsTruncated => FieldValue.Of(e.Process.ArgumentsTruncated),
        _ => OfFile(e.File, e.PathFlags, e.AskedPath, field),
    };

    private static FieldValue OfOpen(FileOpenEvent e, HostField field) => field switch
    {
        HostField.TargetFilename => FieldValue.KnownText(e.Path),
        HostField.OpenFlags => FieldValue.Of(e.OpenFlags),
        _ => OfFile(e.File, e.PathFlags, e.AskedPath, field),
    };

    private static FieldValue OfFile(FileIdentity file, PathFlags flags, string asked, HostField field) => field switch
    {
        HostField.AskedPath => FieldValue.KnownText(asked),
        HostField.InodeAlias => FieldValue.Of((flags & PathFlags.Alias) != 0),
        HostField.Deleted => FieldValue.Of((flags & PathFlags.Deleted) != 0),
        HostField.Inode => file.Inode == 0 ? default : FieldValue.Of(file.Inode),
        HostField.LinkCount => file.Inode == 0 ? default : FieldValue.Of(file.LinkCount),
        _ => default,
    };

    private static FieldValue OfNetwork(NetworkEvent e, HostField field) => field switch
    {
        HostField.DestinationIp => FieldValue.Of(e.Address),
        HostField.DestinationPort => FieldValue.Of(e.Port),
        HostField.DestinationIsIpv6 => FieldValue.Of(e.Address.AddressFamily == AddressFamily.InterNetworkV6),
        HostField.Initiated => FieldValue.Of(true),
        HostField.Protocol => ProtocolName(e.Protocol),
        HostField.External => FieldValue.Of((e.Flags & EventFlags.External) != 0),
        _ => default,
    };

    private static FieldValue ProtocolName(byte protocol) => protocol switch
    {
        0 => default,
        1 => FieldValue.Of("icmp"),
        6 => FieldValue.Of("tcp"),
        17 => FieldValue.Of("udp"),
        58 => FieldValue.Of("icmpv6"),
        _ => FieldValue.Of(protocol),
    };

    private static FieldValue KnownNumber(uint number, uint unknown) => number == unknown ? default : FieldValue.Of(number);

    // Joined once per event, not once per rule.
    private static FieldValue CommandLine(ProcessNode? process, ref string? cached)
    {
        if (process is null || process.Arguments.Count == 0)
        {
            return default;
        }

        return FieldValue.Of(cached ??= process.CommandLine);
    }
}

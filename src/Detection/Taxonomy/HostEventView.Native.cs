using System.Net;
using System.Net.Sockets;
using Wire.Model;

namespace Detection.Taxonomy;

/// <content>The fields under our own names and Sigma's.</content>
public sealed partial class HostEventView
{
    private FieldValue ReadNative(HostEvent e, HostField field) => field switch
    {
        HostField.Image => FieldValue.KnownText(e.Process.Image),
        HostField.CommandLine => _commandLine.Of(e.Process),
        HostField.CurrentDirectory => FieldValue.KnownText(e.Process.CurrentDirectory),
        HostField.User => FieldValue.KnownText(e.UserName),
        HostField.ParentImage => FieldValue.KnownText(e.Process.Parent?.Image ?? ""),
        HostField.ParentCommandLine => _parentCommandLine.Of(e.Process.Parent),
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
        HostField.LoginUid or HostField.LogonId => KnownNumber(e.Credentials.LoginUid, Credentials.Unset),
        HostField.LoginUser => FieldValue.KnownText(e.LoginUserName),
        HostField.AuditSession => KnownNumber(e.Credentials.AuditSession, Credentials.Unset),
        HostField.OriginAbi => FieldValue.Of(OriginName(e.Origin)),
        HostField.CgroupId => e.CgroupId == 0 ? default : FieldValue.Of(e.CgroupId),
        HostField.ContainerId => FieldValue.KnownText(e.ContainerId),
        HostField.Tty => FieldValue.KnownText(_terminals.Of(e.Terminal)),
        HostField.Capabilities => FieldValue.KnownText(_capabilities.Of(e.Credentials.Capabilities)),
        HostField.MountNamespace => KnownNumber(e.Namespaces.Mount, 0),
        HostField.PidNamespace => KnownNumber(e.Namespaces.Pid, 0),
        HostField.NetworkNamespace => KnownNumber(e.Namespaces.Network, 0),
        HostField.UserNamespace => KnownNumber(e.Namespaces.User, 0),
        HostField.HostId => FieldValue.Of(e.Host.HostId),
        HostField.HostName => FieldValue.KnownText(e.Host.HostName),
        HostField.AccountId => FieldValue.KnownText(e.Host.Cloud?.AccountId ?? ""),
        HostField.Region => FieldValue.KnownText(e.Host.Cloud?.Region ?? ""),
        HostField.InstanceId => FieldValue.KnownText(e.Host.Cloud?.InstanceId ?? ""),
        HostField.Sensitive => FieldValue.Of((e.Flags & EventFlags.Sensitive) != 0),
        HostField.Repeated => KnownNumber(e.Repeated, 0),
        _ => ReadOfKind(e, field),
    };

    private static string OriginName(OriginFlags origin) =>
        (origin & OriginFlags.IoUring) != 0 ? "io_uring" : (origin & OriginFlags.Compat32) != 0 ? "compat32" : "native";

    private FieldValue ReadOfKind(HostEvent e, HostField field) => e switch
    {
        FileOpenEvent open => ReadOpen(open, field),
        ExecEvent exec => ReadExec(exec, field),
        NetworkEvent network => ReadNetwork(network, field),
        CallEvent call => ReadCall(call, field),
        ExitEvent exit when field == HostField.ExitCode => FieldValue.Of(exit.ExitCode),
        _ => default,
    };

    private static FieldValue ReadExec(ExecEvent e, HostField field) => field switch
    {
        HostField.Interpreter => FieldValue.KnownText(e.Interpreter),
        HostField.CallerComm => FieldValue.KnownText(e.CallerComm),
        HostField.ArgumentsTruncated => FieldValue.Of(e.Process.ArgumentsTruncated),
        _ => ReadFile(e.File, e.PathFlags, e.AskedPath, field),
    };

    private static FieldValue ReadOpen(FileOpenEvent e, HostField field) => field switch
    {
        HostField.TargetFilename => FieldValue.KnownText(e.Path),
        HostField.OpenFlags => FieldValue.Of(e.OpenFlags),
        HostField.ForWriting => FieldValue.Of(HostTaxonomy.IsForWriting(e.OpenFlags)),
        HostField.Error => FieldValue.KnownText(ErrorNames.Of(e.Error)),
        HostField.Unverified => FieldValue.Of((e.PathFlags & PathFlags.Unverified) != 0),
        _ => ReadFile(e.File, e.PathFlags, e.AskedPath, field),
    };

    private static FieldValue ReadFile(FileIdentity file, PathFlags flags, string asked, HostField field) => field switch
    {
        HostField.AskedPath => FieldValue.KnownText(asked),
        HostField.InodeAlias => FieldValue.Of((flags & PathFlags.Alias) != 0),
        HostField.Deleted => FieldValue.Of((flags & PathFlags.Deleted) != 0),
        HostField.Inode => file.Inode == 0 ? default : FieldValue.Of(file.Inode),
        HostField.LinkCount => file.Inode == 0 ? default : FieldValue.Of(file.LinkCount),
        _ => default,
    };

    private FieldValue ReadNetwork(NetworkEvent e, HostField field) => field switch
    {
        HostField.DestinationIp => FieldValue.Of(Unmapped(e.Address)),
        HostField.DestinationPort => FieldValue.Of(e.Port),
        HostField.DestinationIsIpv6 => FieldValue.Of(e.Address is { AddressFamily: AddressFamily.InterNetworkV6, IsIPv4MappedToIPv6: false }),
        HostField.Initiated => FieldValue.Of(true),
        HostField.Protocol => ProtocolName(e.Protocol),
        HostField.External => FieldValue.Of((e.Flags & EventFlags.External) != 0),
        _ => default,
    };

    private IPAddress Unmapped(IPAddress address)
    {
        if (!address.IsIPv4MappedToIPv6)
        {
            return address;
        }

        // The wire knows no such address, so one is made only for events that come another way, and only once.
        if (!ReferenceEquals(address, _mapped))
        {
            _mapped = address;
            _unmapped = address.MapToIPv4();
        }

        return _unmapped!;
    }

    private static FieldValue ProtocolName(byte protocol) => protocol switch
    {
        0 => default,
        1 => FieldValue.Of("icmp"),
        6 => FieldValue.Of("tcp"),
        17 => FieldValue.Of("udp"),
        58 => FieldValue.Of("icmpv6"),
        _ => FieldValue.Of(protocol),
    };
}

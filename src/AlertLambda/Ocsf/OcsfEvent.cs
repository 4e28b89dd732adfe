using System.Globalization;
using System.Net.Sockets;
using System.Text.Json;
using Detection.Taxonomy;
using Wire.Model;

namespace AlertLambda.Ocsf;

/// <summary>One event as an OCSF record of its class: Process Activity, File System Activity, Network Activity or Kernel Activity.</summary>
public static class OcsfEvent
{
    /// <summary>Greatest length of a text of a record, UTF-16 units.</summary>
    public const int MaxText = 4096;

    private const int Informational = 1;

    /// <summary>Identity of an event everywhere: <c>host:boot:lane:sequence</c>.</summary>
    public static string Uid(EventId id) => FormattableString.Invariant($"{id.HostId}:{id.BootId}:{(id.Lane == Lane.High ? "high" : "bulk")}:{id.Sequence}");

    /// <summary>Writes the record as one object.</summary>
    /// <param name="json">Made with an encoder that lets only ASCII through.</param>
    /// <param name="e">An event of our own sensor.</param>
    public static void Write(Utf8JsonWriter json, HostEvent e)
    {
        ArgumentNullException.ThrowIfNull(json);
        ArgumentNullException.ThrowIfNull(e);
        var ocsf = new OcsfWriter(json, MaxText);
        json.WriteStartObject();
        Classification(json, OcsfKind.Of(e));
        json.WriteNumber("time", OcsfTime.Ms(e.TimeNs));
        json.WriteNumber("severity_id", Informational);
        if (e.Repeated > 0)
        {
            json.WriteNumber("count", (long)e.Repeated + 1);
            json.WriteNumber("start_time", OcsfTime.Ms(e.TimeNs - (long)Math.Min(e.RepeatedNs, e.BootNs)));
        }

        Metadata(ocsf, e);
        OcsfHost.Write(ocsf, e.Host);
        OcsfProcess.Actor(ocsf, e, ActorOf(e));
        What(ocsf, e);
        Unmapped(ocsf, e);
        json.WriteEndObject();
    }

    /// <summary>What the event was done to: <c>process</c>, <c>file</c>, <c>dst_endpoint</c> or <c>kernel</c>.</summary>
    internal static void What(OcsfWriter ocsf, HostEvent e)
    {
        switch (e)
        {
            case ExecEvent:
                ocsf.Json.WriteNumber("launch_type_id", 3);
                OcsfProcess.Write(ocsf, "process", e, e.Process, false);
                break;
            case ForkEvent fork:
                ocsf.Json.WriteNumber("launch_type_id", 2);
                OcsfProcess.Write(ocsf, "process", e, fork.Child);
                break;
            case ExitEvent exit:
                ocsf.Json.WriteNumber("exit_code", (exit.ExitCode >> 8) & 0xff);
                OcsfProcess.Write(ocsf, "process", e, e.Process, false);
                break;
            case FileOpenEvent open:
                Status(ocsf, open.Error);
                if (open.Path.Length == 0)
                {
                    Kernel(ocsf, "openat");
                    break;
                }

                ocsf.Json.WriteNumber("access_mask", open.OpenFlags);
                OcsfFile.Write(ocsf, "file", open.Path, open.File);
                break;
            case NetworkEvent network:
                Endpoint(ocsf, network);
                break;
            case CallEvent call:
                Status(ocsf, call.Error);
                Call(ocsf, call);
                break;
        }
    }

    /// <summary><c>connection_info</c> and <c>dst_endpoint</c>.</summary>
    internal static void Endpoint(OcsfWriter ocsf, NetworkEvent network)
    {
        const int outbound = 2;
        var isVersion6 = network.Address.AddressFamily == AddressFamily.InterNetworkV6;
        ocsf.Json.WriteStartObject("connection_info");
        ocsf.Json.WriteNumber("direction_id", outbound);
        ocsf.Json.WriteNumber("protocol_num", network.Protocol);
        ocsf.Json.WriteNumber("protocol_ver_id", isVersion6 ? 6 : 4);
        ocsf.Json.WriteEndObject();
        ocsf.Json.WriteStartObject("dst_endpoint");
        ocsf.Json.WriteString("ip", network.Address.ToString());
        ocsf.Json.WriteNumber("port", network.Port);
        ocsf.Json.WriteEndObject();
    }

    // Who started a program is who acted; an exit and a set user id are acts of the process itself.
    private static ProcessNode ActorOf(HostEvent e) => e is ExecEvent && e.Process.Parent is { } parent ? parent : e.Process;

    private static void Call(OcsfWriter ocsf, CallEvent call)
    {
        switch (OcsfKind.Of(call).ClassUid)
        {
            case OcsfSchema.FileClass when call.Call == CallKind.Rename && call.OtherPath.Length > 0:
                OcsfFile.Write(ocsf, "file", call.OtherPath, call.File);
                OcsfFile.Write(ocsf, "file_result", call.Path, default);
                break;
            case OcsfSchema.FileClass:
                OcsfFile.Write(ocsf, "file", call.Path, call.File);
                break;
            case OcsfSchema.ProcessClass when call.Call is CallKind.Ptrace or CallKind.MemoryWrite:
                var target = call.Call == CallKind.Ptrace ? call.Arguments.Second : call.Arguments.First;
                OcsfProcess.Write(ocsf, "process", call, new ProcessKey((uint)target, 0));
                break;
            case OcsfSchema.ProcessClass:
                OcsfProcess.Write(ocsf, "process", call, call.Process, false);
                break;
            default:
                Kernel(ocsf, CallNames.Of(call.Call));
                break;
        }
    }

    private static void Kernel(OcsfWriter ocsf, string call)
    {
        const int systemCall = 2;
        ocsf.Json.WriteStartObject("kernel");
        ocsf.Json.WriteString("name", call.Length > 0 ? call : "unknown");
        ocsf.Json.WriteNumber("type_id", systemCall);
        ocsf.Json.WriteEndObject();
    }

    private static void Status(OcsfWriter ocsf, ushort error)
    {
        ocsf.Json.WriteNumber("status_id", error == 0 ? 1 : 2);
        if (error != 0)
        {
            ocsf.Json.WriteString("status_code", ErrorNames.Of(error));
        }
    }

    /// <summary>Class, category, activity and type. Captions that follow from others are left out: a line is long enough.</summary>
    internal static void Classification(Utf8JsonWriter json, OcsfKind kind)
    {
        json.WriteNumber("class_uid", kind.ClassUid);
        json.WriteString("class_name", kind.ClassName);
        json.WriteNumber("category_uid", kind.CategoryUid);
        json.WriteNumber("activity_id", kind.ActivityId);
        json.WriteString("activity_name", kind.ActivityName);
        json.WriteNumber("type_uid", kind.TypeUid);
    }

    /// <summary><c>product</c>, of a metadata object.</summary>
    internal static void Product(Utf8JsonWriter json)
    {
        json.WriteString("version", OcsfSchema.Version);
        json.WriteStartObject("product");
        json.WriteString("name", OcsfSchema.Product);
        json.WriteString("vendor_name", OcsfSchema.Product);
        json.WriteEndObject();
    }

    private static void Metadata(OcsfWriter ocsf, HostEvent e)
    {
        ocsf.Json.WriteStartObject("metadata");
        Product(ocsf.Json);
        OcsfHost.Profiles(ocsf, e.Host, e.ContainerId.Length > 0);
        ocsf.Text("uid", Uid(e.Id));
        ocsf.Json.WriteNumber("sequence", e.Sequence);
        ocsf.Json.WriteEndObject();
    }

    private static void Unmapped(OcsfWriter ocsf, HostEvent e)
    {
        ocsf.Json.WriteStartObject("unmapped");
        ocsf.Json.WriteNumber("time_ns", e.TimeNs);
        OcsfProcess.User(ocsf, "effective_user", e.Credentials.Euid, e.EffectiveUserName);
        switch (e)
        {
            case ExecEvent exec:
                ocsf.Text("asked_path", exec.AskedPath == exec.Process.Image ? "" : exec.AskedPath);
                ocsf.Text("interpreter", exec.Interpreter);
                Flags(ocsf, exec.PathFlags);
                break;
            case FileOpenEvent open:
                ocsf.Text("asked_path", open.AskedPath == open.Path ? "" : open.AskedPath);
                Flags(ocsf, open.PathFlags);
                break;
            case ExitEvent exit when (exit.ExitCode & 0x7f) != 0:
                ocsf.Json.WriteNumber("signal", exit.ExitCode & 0x7f);
                break;
            case CallEvent call:
                ocsf.Json.WriteString("system_call", CallNames.Of(call.Call));
                ocsf.Text("other_path", call.OtherPath);
                ocsf.Json.WriteStartArray("arguments");
                foreach (var argument in (ulong[])[call.Arguments.First, call.Arguments.Second, call.Arguments.Third, call.Arguments.Fourth])
                {
                    // As text: not every reader of JSON has 64 bits without sign.
                    ocsf.Json.WriteStringValue(argument.ToString(CultureInfo.InvariantCulture));
                }

                ocsf.Json.WriteEndArray();
                Flags(ocsf, call.PathFlags);
                break;
        }

        if (e.Origin != OriginFlags.None)
        {
            ocsf.Json.WriteString("origin", e.Origin.ToString());
        }

        ocsf.RawBytes();
        ocsf.Json.WriteEndObject();
    }

    private static void Flags(OcsfWriter ocsf, PathFlags flags)
    {
        if (flags != PathFlags.None)
        {
            ocsf.Json.WriteString("path_flags", flags.ToString());
        }
    }
}

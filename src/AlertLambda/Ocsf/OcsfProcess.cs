using System.Globalization;
using AlertLambda.Alerts;
using Wire.Model;
using Wire.Text;

namespace AlertLambda.Ocsf;

/// <summary>Processes and who acts, as OCSF objects.</summary>
internal static class OcsfProcess
{
    private const int MostAncestors = 24;
    private const int AncestorLength = 512;

    /// <summary>Identity of a process everywhere: boot id, pid and start, or nothing when they are not known.</summary>
    internal static string Uid(HostIdentity host, ProcessKey key) =>
        key.IsKnown ? string.Create(CultureInfo.InvariantCulture, $"{host.BootId}:{key.Pid}:{key.StartNs}") : "";

    /// <summary>A process with its parent, and with all ancestors that are known when <paramref name="withAncestry"/>.</summary>
    /// <param name="ocsf">Where to.</param>
    /// <param name="name">Attribute.</param>
    /// <param name="e">The event that shows it.</param>
    /// <param name="process">The process.</param>
    /// <param name="withAncestry">Nearest first, at most 24, shorter texts.</param>
    internal static void Write(OcsfWriter ocsf, string name, HostEvent e, ProcessNode process, bool withAncestry)
    {
        ocsf.Json.WriteStartObject(name);
        Entity(ocsf, e, process, int.MaxValue);
        ocsf.Text("working_directory", process.CurrentDirectory);
        if (process.Image.Length > 0 && e is ExecEvent exec && process == e.Process)
        {
            OcsfFile.Write(ocsf, "file", process.Image, exec.File);
        }

        User(ocsf, "user", process.Uid, process.UserName);
        if (process == e.Process && e.ContainerId.Length > 0)
        {
            ocsf.Json.WriteStartObject("container");
            ocsf.Text("uid", e.ContainerId);
            ocsf.Json.WriteEndObject();
        }

        if (process.Parent is { } parent)
        {
            ocsf.Json.WriteStartObject("parent_process");
            Entity(ocsf, e, parent, AncestorLength);
            User(ocsf, "user", parent.Uid, parent.UserName);
            ocsf.Json.WriteEndObject();
            if (withAncestry)
            {
                Ancestry(ocsf, e, parent);
            }
        }

        ocsf.Json.WriteEndObject();
    }

    /// <summary>A process of which only the key is known.</summary>
    internal static void Write(OcsfWriter ocsf, string name, HostEvent e, ProcessKey key)
    {
        ocsf.Json.WriteStartObject(name);
        ocsf.Json.WriteNumber("pid", key.Pid);
        ocsf.Text("uid", Uid(e.Host, key));
        ocsf.Json.WriteEndObject();
    }

    /// <summary><c>actor</c>: the process, whoever logged in, and the session.</summary>
    internal static void Actor(OcsfWriter ocsf, HostEvent e, ProcessNode process)
    {
        ocsf.Json.WriteStartObject("actor");
        Write(ocsf, "process", e, process, false);
        Session(ocsf, e);
        ocsf.Json.WriteEndObject();
    }

    /// <summary><c>actor</c> where the process stands elsewhere: whoever logged in, and the session.</summary>
    internal static void Actor(OcsfWriter ocsf, HostEvent e)
    {
        ocsf.Json.WriteStartObject("actor");
        Session(ocsf, e);
        ocsf.Json.WriteEndObject();
    }

    private static void Session(OcsfWriter ocsf, HostEvent e)
    {
        var actor = Alerts.Actor.Of(e);
        User(ocsf, "user", actor.Uid, actor.UserName);
        if (e.Credentials.AuditSession != Credentials.Unset || e.Terminal != 0)
        {
            ocsf.Json.WriteStartObject("session");
            ocsf.Text("terminal", TerminalNames.Of(e.Terminal));
            ocsf.Text("uid", e.Credentials.AuditSession == Credentials.Unset ? "" : e.Credentials.AuditSession.ToString(CultureInfo.InvariantCulture));
            ocsf.Json.WriteEndObject();
        }
    }

    /// <summary>A user by number and, where it is known, name.</summary>
    internal static void User(OcsfWriter ocsf, string attribute, uint uid, string name)
    {
        ocsf.Json.WriteStartObject(attribute);
        ocsf.Text("name", name);
        ocsf.Json.WriteString("uid", uid.ToString(CultureInfo.InvariantCulture));
        ocsf.Json.WriteEndObject();
    }

    private static void Ancestry(OcsfWriter ocsf, HostEvent e, ProcessNode parent)
    {
        ocsf.Json.WriteStartArray("ancestry");
        foreach (var ancestor in parent.Lineage().Take(MostAncestors))
        {
            ocsf.Json.WriteStartObject();
            Entity(ocsf, e, ancestor, AncestorLength);
            ocsf.Json.WriteEndObject();
        }

        ocsf.Json.WriteEndArray();
    }

    private static void Entity(OcsfWriter ocsf, HostEvent e, ProcessNode process, int limit)
    {
        ocsf.Json.WriteNumber("pid", process.Key.Pid);
        ocsf.Text("uid", Uid(e.Host, process.Key));
        ocsf.Text("name", Phrases.Program(process), limit);
        ocsf.Text("path", process.Image, limit);
        ocsf.Text("cmd_line", process.CommandLine, limit);
        if (process.Key.StartNs != 0)
        {
            ocsf.Json.WriteNumber("created_time", OcsfTime.Ms(e.TimeNs - (long)e.BootNs + (long)process.Key.StartNs));
        }
    }
}

using Wire.Model;

namespace AlertLambda.Ocsf;

/// <summary>Host and cloud, as the profiles of these names have them.</summary>
internal static class OcsfHost
{
    private const int VirtualMachine = 6;
    private const int LinuxType = 200;
    private const int AwsAccount = 10;

    /// <summary>The profiles that a record about these hosts follows.</summary>
    internal static void Profiles(OcsfWriter ocsf, HostIdentity? host, bool inContainer)
    {
        ocsf.Json.WriteStartArray("profiles");
        ocsf.Json.WriteStringValue("host");
        if (host?.Cloud is not null)
        {
            ocsf.Json.WriteStringValue("cloud");
        }

        if (inContainer)
        {
            ocsf.Json.WriteStringValue("container");
        }

        ocsf.Json.WriteEndArray();
    }

    /// <summary><c>device</c> and, in EC2, <c>cloud</c>.</summary>
    internal static void Write(OcsfWriter ocsf, HostIdentity host)
    {
        Device(ocsf, host);
        if (host.Cloud is { } cloud)
        {
            ocsf.Json.WriteStartObject("cloud");
            ocsf.Json.WriteString("provider", "AWS");
            ocsf.Json.WriteStartObject("account");
            ocsf.Text("uid", cloud.AccountId);
            ocsf.Json.WriteNumber("type_id", AwsAccount);
            ocsf.Json.WriteEndObject();
            ocsf.Text("region", cloud.Region);
            ocsf.Text("zone", cloud.AvailabilityZone);
            ocsf.Json.WriteEndObject();
        }
    }

    /// <summary><c>device</c>.</summary>
    internal static void Device(OcsfWriter ocsf, HostIdentity host)
    {
        ocsf.Json.WriteStartObject("device");
        ocsf.Json.WriteNumber("type_id", host.Cloud is null ? 0 : VirtualMachine);
        ocsf.Text("uid", host.HostId);
        ocsf.Text("hostname", host.HostName);
        if (host.Cloud is { } cloud)
        {
            ocsf.Text("instance_uid", cloud.InstanceId);
            ocsf.Text("region", cloud.Region);
        }

        ocsf.Json.WriteStartObject("os");
        ocsf.Json.WriteString("name", "Linux");
        ocsf.Json.WriteNumber("type_id", LinuxType);
        ocsf.Json.WriteEndObject();
        ocsf.Json.WriteEndObject();
    }

    /// <summary><c>device</c> of a host of which only the id is known.</summary>
    internal static void Device(OcsfWriter ocsf, string hostId)
    {
        ocsf.Json.WriteStartObject("device");
        ocsf.Json.WriteNumber("type_id", 0);
        ocsf.Text("uid", hostId);
        ocsf.Json.WriteEndObject();
    }
}

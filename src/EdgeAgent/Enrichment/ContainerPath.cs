namespace EdgeAgent.Enrichment;

/// <summary>Reads the id of a container out of the path of its cgroup.</summary>
/// <remarks>
/// A path is made by whoever may make cgroups, so it is hostile text: an id is taken only in the form in which a known runtime writes it,
/// and never proves more than that someone with such a right named a cgroup so. The outermost id counts: what is below it was named by
/// the container itself (or by one inside it). Shapes: docker, containerd, CRI-O, podman and their Kubernetes forms, with the systemd
/// driver (<c>docker-ID.scope</c>) and the cgroupfs driver (<c>/docker/ID</c>, <c>/kubepods/…/podUID/ID</c>), and ECS tasks.
/// </remarks>
internal static class ContainerPath
{
    private const int FullId = 64;
    private const int ShortestId = 12;
    private const int EcsTaskDigits = 32;

    private static readonly string[] Runtimes = ["docker", "cri-containerd", "containerd", "nerdctl", "libpod", "crio"];

    /// <summary>The container's id, lower-case hexadecimal digits or an ECS task's <c>ID-NUMBER</c>; empty when the path has none.</summary>
    internal static string IdIn(ReadOnlySpan<char> path)
    {
        var before = Place.Elsewhere;
        foreach (var range in path.Split('/'))
        {
            var part = path[range];
            var id = IdOf(part, before);
            if (!id.IsEmpty)
            {
                return id.ToString();
            }

            before = After(part, before);
        }

        return "";
    }

    private static ReadOnlySpan<char> IdOf(ReadOnlySpan<char> part, Place place)
    {
        if (place is Place.Docker or Place.Pod or Place.EcsTask && part.Length == FullId && IsHex(part))
        {
            return part;
        }

        if (place == Place.EcsTask && IsEcsContainer(part))
        {
            return part;
        }

        var name = part.EndsWith(".scope") ? part[..^".scope".Length] : part;
        var slice = name.IndexOf(':');
        return slice < 0 ? IdAfterRuntime(name, '-') : IdAfterRuntime(name[(slice + 1)..], ':');
    }

    /// <summary><c>RUNTIME-ID</c>, or <c>SLICE:RUNTIME:ID</c>, which containerd writes when it takes a systemd name for a path.</summary>
    private static ReadOnlySpan<char> IdAfterRuntime(ReadOnlySpan<char> name, char divider)
    {
        var end = name.LastIndexOf(divider);
        if (end < 0 || name.Length - end - 1 is < ShortestId or > FullId || !IsHex(name[(end + 1)..]))
        {
            return default;
        }

        foreach (var runtime in Runtimes)
        {
            if (name[..end].SequenceEqual(runtime))
            {
                return name[(end + 1)..];
            }
        }

        return default;
    }

    /// <summary>On Fargate: the task's 32 digits, a hyphen, the container's number.</summary>
    private static bool IsEcsContainer(ReadOnlySpan<char> part) =>
        part.Length is > EcsTaskDigits + 1 and < FullId && part[EcsTaskDigits] == '-' && IsHex(part[..EcsTaskDigits])
        && !part[(EcsTaskDigits + 1)..].ContainsAnyExceptInRange('0', '9');

    private static bool IsHex(ReadOnlySpan<char> text)
    {
        foreach (var c in text)
        {
            if (!char.IsAsciiHexDigitLower(c))
            {
                return false;
            }
        }

        return true;
    }

    private static Place After(ReadOnlySpan<char> part, Place before) => part switch
    {
        "docker" => Place.Docker,
        "ecs" => Place.Ecs,
        _ when before == Place.Ecs => Place.EcsTask,
        _ when part.StartsWith("kubepods") => part.Contains("-pod", StringComparison.Ordinal) ? Place.Pod : Place.Kubernetes,
        _ when before == Place.Kubernetes && part.StartsWith("pod") => Place.Pod,
        "burstable" or "besteffort" or "guaranteed" when before == Place.Kubernetes => Place.Kubernetes,
        _ => Place.Elsewhere,
    };

    /// <summary>Where a part stands, as far as a bare id may follow there.</summary>
    private enum Place
    {
        Elsewhere,
        Docker,
        Ecs,
        EcsTask,
        Kubernetes,
        Pod,
    }
}

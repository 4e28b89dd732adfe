using Wire.Model;

namespace Detection.Correlation;

/// <summary>The keys of boots, of which the last one asked for is remembered: events mostly come from one host for a while. Not thread-safe.</summary>
internal sealed class BootKeys
{
    private string? _hostId;
    private Guid _bootId;
    private string _key = "";

    /// <inheritdoc cref="DerivedKeys.Boot"/>
    public string Of(HostIdentity host)
    {
        if (host.BootId != _bootId || host.HostId != _hostId)
        {
            (_hostId, _bootId, _key) = (host.HostId, host.BootId, DerivedKeys.Boot(host));
        }

        return _key;
    }
}

using EdgeAgent.Delivery;
using Support;

namespace EdgeAgent.Tests.Delivery;

public sealed class TokenBucketTests
{
    private readonly ManualTime _time = new();

    [Fact]
    public void Burst_passes_at_once_and_what_follows_waits_for_its_debt()
    {
        var bucket = new TokenBucket(1000, _time);
        Assert.Equal(TimeSpan.Zero, bucket.Take(TokenBucket.Burst));
        Assert.Equal(TimeSpan.Zero, bucket.Take(2000));
        Assert.Equal(2, bucket.Take(500).TotalSeconds, 6);
        Assert.Equal(2.5, bucket.Take(500).TotalSeconds, 6);
        _time.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal(1, bucket.Take(0).TotalSeconds, 6);
    }

    [Fact]
    public void Rest_fills_it_up_to_the_burst_only()
    {
        var bucket = new TokenBucket(1000, _time);
        bucket.Take(TokenBucket.Burst);
        _time.Advance(TimeSpan.FromDays(1));
        Assert.Equal(TimeSpan.Zero, bucket.Take(TokenBucket.Burst));
        bucket.Take(1000);
        Assert.Equal(1, bucket.Take(1).TotalSeconds, 6);
    }
}

using Wire.Text;

namespace Wire.Tests.Text;

public sealed class NearestNameTests
{
    private static readonly string[] Known = ["Image", "ParentImage", "User", "LoginUser", "DestinationIp"];

    [Theory]
    [InlineData("Usre", "User")]
    [InlineData("user", "User")]
    [InlineData("DestinationIP", "DestinationIp")]
    [InlineData("ParentImag", "ParentImage")]
    [InlineData("Nonsense", null)]
    [InlineData("Uesr", "User")]
    [InlineData("Uxxr", null)]
    [InlineData("LoginU", "LoginUser")]
    [InlineData("Login", null)]
    [InlineData("x", null)]
    [InlineData("Us", null)]
    [InlineData("DestinationHost", null)]
    [InlineData("", null)]
    public void The_known_name_that_takes_few_changes_is_meant(string name, string? meant) => Assert.Equal(meant, NearestName.Find(name, Known));
}

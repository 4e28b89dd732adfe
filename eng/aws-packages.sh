#!/usr/bin/env bash
# Asks the package feed once whether it has the official AWS packages, writes the answer for MSBuild and says which it is.
# Outside MSBuild on purpose: docs/decisions/0002-aws-packages-switch.md. Ask again: rm artifacts/aws-packages.props
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
answer=$root/artifacts/aws-packages.props
log=$root/artifacts/aws-packages.log
if [ ! -f "$answer" ]; then
  mkdir -p "$root/artifacts"
  if dotnet restore "$root/eng/probe/probe.csproj" -v quiet --nologo >"$log" 2>&1; then mode=nuget; else mode=compat; fi
  echo "<Project><PropertyGroup><AwsPackages>$mode</AwsPackages></PropertyGroup></Project>" >"$answer.new"
  mv "$answer.new" "$answer"
fi
echo "AWS packages: $(sed -n 's/.*<AwsPackages>\(.*\)<\/AwsPackages>.*/\1/p' "$answer")"

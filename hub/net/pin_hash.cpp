// SPDX-License-Identifier: Apache-2.0
#include "hub/net/pin_hash.h"

#include <openssl/evp.h>

#include <array>

namespace cf::hub {

namespace {

constexpr quint64 costN = 32'768;
constexpr quint64 blocksR = 8;
constexpr quint64 lanesP = 1;
// OpenSSL refuses what would take more; 128 * N * r is 32 MiB.
constexpr quint64 memoryMax = 48 * 1024 * 1024;

} // namespace

QByteArray hashPin(QByteArrayView pin, QByteArrayView salt)
{
    std::array<unsigned char, 32> key{};
    const int made = EVP_PBE_scrypt(pin.data(), static_cast<size_t>(pin.size()),
                                    reinterpret_cast<const unsigned char *>(salt.data()),
                                    static_cast<size_t>(salt.size()), costN, blocksR, lanesP,
                                    memoryMax, key.data(), key.size());
    if (made != 1)
        return {};
    return QByteArray(reinterpret_cast<const char *>(key.data()), key.size()).toHex();
}

} // namespace cf::hub
